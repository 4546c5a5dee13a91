import ArgumentParser
import Wording

/// The language in which a command speaks to people.
///
/// Programs are spoken to in English: the keys of `--json` and the words of machine-read columns are the same in every
/// language. Cron has no locale, so that what it starts speaks English.
struct LanguageOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("The language of words and headers (default: the locale's).", valueName: "code"))
    var lang: Language?

    /// The one that was asked for, else that of the locale.
    var language: Language { lang ?? .ofLocale }
}

extension Language: ExpressibleByArgument {
    /// The language that `LC_ALL`, `LC_MESSAGES` and `LANG` ask for.
    static var ofLocale: Language {
        Language(locales: ["LC_ALL", "LC_MESSAGES", "LANG"].map { Environment.text($0) })
    }

    /// A language as it is named on the command line: `zh`, or a locale such as `zh_CN.UTF-8`.
    package init?(argument: String) {
        self.init(named: argument)
    }
}
