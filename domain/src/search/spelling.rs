//! Tolerance of one slip: a letter wrong, missing, too many, or two exchanged.

/// Input shorter than this has too many neighbours to be forgiven a slip.
const SHORTEST: usize = 4;

/// From this length on the slip may stand in the beginning of a longer word.
const SHORTEST_BEGINNING: usize = 6;

/// Whether `typed` is `word`, or its beginning, but for one slip. Input with digits is a
/// number or a code and has to be right.
pub(super) fn is_near(word: &str, typed: &str) -> bool {
    let typed: Vec<char> = typed.chars().collect();
    if typed.len() < SHORTEST || !typed.iter().all(|letter| letter.is_alphabetic()) {
        return false;
    }
    let longest = typed.len().saturating_add(1);
    // One more than is compared tells whether the word ends here.
    let word: Vec<char> = word.chars().take(longest.saturating_add(1)).collect();
    if word.len() <= longest && is_one_slip_apart(&word, &typed) {
        return true;
    }
    typed.len() >= SHORTEST_BEGINNING
        && (typed.len().saturating_sub(1)..=longest)
            .filter_map(|length| word.get(..length))
            .any(|beginning| is_one_slip_apart(beginning, &typed))
}

/// Restricted Damerau–Levenshtein distance of at most 1.
fn is_one_slip_apart(a: &[char], b: &[char]) -> bool {
    match (a, b) {
        ([x, a_rest @ ..], [y, b_rest @ ..]) if x == y => is_one_slip_apart(a_rest, b_rest),
        ([x, y, a_rest @ ..], [p, q, b_rest @ ..]) if x == q && y == p && a_rest == b_rest => true,
        ([_, a_rest @ ..], [_, b_rest @ ..]) if a_rest == b_rest => true,
        ([_, a_rest @ ..], b) if a_rest == b => true,
        (a, [_, b_rest @ ..]) if a == b_rest => true,
        (a, b) => a.is_empty() && b.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven_from_four_letters_on() {
        for (word, typed, expected) in [
            ("vendor", "vendor", true),
            ("vendor", "vender", true),
            ("vendor", "vndor", true),
            ("vendor", "vendorr", true),
            ("vendor", "vednor", true),
            ("vendor", "endor", true),
            ("vendor", "vedner", false),
            ("vendors", "vender", true),
            ("vending", "vender", false),
            ("lamp", "lmap", true),
            ("lamp", "lam", false),
            ("lamp", "lxm", false),
            ("lampshade", "lmap", false),
            ("zhandaojingying", "zhandoa", true),
            ("占道经营", "占道精营", true),
            ("占道", "占到", false),
            ("000017", "000018", false),
            ("", "abcd", false),
        ] {
            assert_eq!(is_near(word, typed), expected, "{word} {typed}");
        }
    }
}
