//! The server's own jobs, as an administrator reads them.

use domain::sync::JobCount;

use super::Words;

impl Words {
    pub fn jobs(self) -> &'static str {
        self.pick("后台作业", "背景作業", "Server jobs")
    }

    pub fn jobs_text(self) -> &'static str {
        self.pick(
            "服务器自己要做的事。失败多次的会停下来，等您查明原因后再试；照片原件和案件都在，没有丢失。",
            "伺服器自己要做的事。失敗多次的會停下來，等您查明原因後再試；照片原件和案件都在，沒有遺失。",
            "What the server does on its own. A job that failed many times stops until you have looked at the reason and have it tried again. Photos and cases are safe.",
        )
    }

    pub fn no_jobs(self) -> &'static str {
        self.pick("没有待做的作业", "沒有待做的作業", "No jobs are waiting")
    }

    pub fn no_jobs_text(self) -> &'static str {
        self.pick(
            "等待的和失败的会列在这里。",
            "等待的和失敗的會列在這裡。",
            "Those that wait and those that failed are listed here.",
        )
    }

    /// Kinds of a later version have the name that the server gives them.
    pub fn job_kind(self, kind: &str) -> String {
        match kind {
            "derivatives" => self
                .pick("制作照片的小图", "製作照片的小圖", "Making small pictures of photos")
                .into(),
            other => other.into(),
        }
    }

    /// "12 waiting, 3 failed".
    pub fn job_count(self, count: &JobCount) -> String {
        let number = |jobs: u32| {
            if jobs >= JobCount::MAX { format!("{}+", JobCount::MAX) } else { jobs.to_string() }
        };
        let (waiting, failed) = (number(count.waiting), number(count.failed));
        self.pick(
            format!("等待 {waiting}，失败 {failed}"),
            format!("等待 {waiting}，失敗 {failed}"),
            format!("{waiting} waiting, {failed} failed"),
        )
    }

    pub fn failed_jobs(self) -> &'static str {
        self.pick("失败的作业", "失敗的作業", "Failed jobs")
    }

    pub fn no_failed_jobs(self) -> &'static str {
        self.pick("没有失败的作业。", "沒有失敗的作業。", "None has failed.")
    }

    /// "tried 8 times, last today 09:10".
    pub fn job_tries(self, tries: u32, last: Option<&str>) -> String {
        let last = last.map_or_else(String::new, |at| {
            self.pick(format!("，最近{at}"), format!("，最近{at}"), format!(", last {at}"))
        });
        self.pick(
            format!("试过 {tries} 次{last}"),
            format!("試過 {tries} 次{last}"),
            if tries == 1 {
                format!("tried once{last}")
            } else {
                format!("tried {tries} times{last}")
            },
        )
    }

    pub fn retry_job(self) -> &'static str {
        self.pick("再试", "再試", "Try again")
    }

    /// For who does not see which one the button stands at.
    pub fn retry_job_of(self, subject: &str) -> String {
        self.pick(
            format!("再试：{subject}"),
            format!("再試：{subject}"),
            format!("Try again: {subject}"),
        )
    }

    pub fn retry_all_jobs(self) -> &'static str {
        self.pick("全部再试", "全部再試", "Try all again")
    }

    pub fn jobs_retried(self, jobs: u32) -> String {
        match jobs {
            0 => self
                .pick(
                    "没有要再试的：可能已经有人处理了。",
                    "沒有要再試的：可能已經有人處理了。",
                    "Nothing was left to try again: somebody may have done so.",
                )
                .into(),
            1 => self
                .pick("正在再试 1 个作业。", "正在再試 1 個作業。", "1 job is tried again.")
                .into(),
            _ => self.pick(
                format!("正在再试 {jobs} 个作业。"),
                format!("正在再試 {jobs} 個作業。"),
                format!("{jobs} jobs are tried again."),
            ),
        }
    }

    pub fn more_jobs(self) -> &'static str {
        self.pick("显示更多", "顯示更多", "Show more")
    }
}

#[cfg(test)]
mod tests {
    use domain::Lang;

    use super::*;

    #[test]
    fn counts_say_that_nobody_counted_further() {
        for (waiting, failed, lang, expected) in [
            (12, 3, Lang::Hans, "等待 12，失败 3"),
            (12, 3, Lang::Hant, "等待 12，失敗 3"),
            (12, 3, Lang::En, "12 waiting, 3 failed"),
            (JobCount::MAX, 0, Lang::En, "100000+ waiting, 0 failed"),
        ] {
            let count = JobCount { kind: "derivatives".into(), waiting, failed };
            assert_eq!(Words::of(lang).job_count(&count), expected);
        }
    }

    #[test]
    fn kind_of_a_later_version_keeps_its_name() {
        for lang in Lang::ALL {
            let words = Words::of(lang);
            assert_ne!(words.job_kind("derivatives"), "derivatives");
            assert_eq!(words.job_kind("webhooks"), "webhooks");
        }
    }

    #[test]
    fn tries_say_when_the_last_was_where_that_is_known() {
        for (tries, last, lang, expected) in [
            (8, Some("今天 09:10"), Lang::Hans, "试过 8 次，最近今天 09:10"),
            (8, Some("今天 09:10"), Lang::Hant, "試過 8 次，最近今天 09:10"),
            (8, Some("today 09:10"), Lang::En, "tried 8 times, last today 09:10"),
            (1, None, Lang::En, "tried once"),
        ] {
            assert_eq!(Words::of(lang).job_tries(tries, last), expected);
        }
    }
}
