#[test]
fn dump() {
    let dir = std::path::Path::new("/tmp/wtp-run/table");
    let _ = std::fs::remove_dir_all(dir);
    std::fs::create_dir_all(dir).unwrap();
    let mut lines = String::new();
    for file in made_photos::all() {
        std::fs::write(dir.join(&file.name), &file.bytes).unwrap();
        lines += &format!("{}\t{:?}\n", file.name, file.phone);
    }
    std::fs::write("/tmp/wtp-run/expected.tsv", lines).unwrap();
}
