/// A language that people are spoken to in.
package enum Language: String, CaseIterable, Sendable {
    case english = "en"
    /// Chinese in simplified characters, the only Chinese there is here.
    case chinese = "zh"

    /// The language that the names of locales ask for: the first that is not empty decides, as for `LC_ALL`,
    /// `LC_MESSAGES` and `LANG` in this order (POSIX.1-2017, Base Definitions 8.2).
    ///
    /// Whatever is not Chinese is English: `C`, `POSIX`, a language that nothing is written in, and none at all.
    package init(locales: [String?]) {
        let deciding = locales.lazy.compactMap { $0 }.first { !$0.isEmpty } ?? ""
        self =
            deciding.prefix { $0 != "_" && $0 != "." && $0 != "@" && $0 != "-" }.lowercased() == "zh"
            ? .chinese : .english
    }

    /// The language that someone asked for by name: `en`, `zh`, or a locale's name that begins so, such as `zh_CN.UTF-8`;
    /// nil if nothing is written in it.
    package init?(named name: String) {
        let prefix = name.prefix { $0 != "_" && $0 != "." && $0 != "-" }.lowercased()
        self.init(rawValue: prefix)
    }

    /// What BCP 47 calls it, as HTML's `lang` wants it.
    package var tag: String {
        switch self {
        case .english: "en"
        case .chinese: "zh-CN"
        }
    }

    /// A phrase in this language.
    package func say(_ phrase: Phrase) -> String { phrase.text(in: self) }

    /// A phrase in this language; `values` stand where the phrase has `{1}`, `{2}` and so on.
    package func say(_ key: some PhraseTable, _ values: Any...) -> String {
        key.phrase.text(in: self, values.map { String(describing: $0) })
    }
}
