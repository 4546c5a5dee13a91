/// What the manual tells of the whole program; the commands tell of themselves.
enum ManualFacts {
    /// A word, and what it means.
    typealias Entry = (word: String, meaning: String)

    /// What the program leaves with.
    static var exitCodes: [Entry] {
        [
            ("0", "done, or nothing to do"),
            ("1", "dnc check: the number must not be called; status --check: a warning"),
            ("2", "status --check: critical"),
            ("3", "status --check: the campaign cannot be looked at"),
        ] + Failure.Code.allCases.map { (String($0.rawValue), $0.meaning) }
    }

    /// What the program reads of its environment.
    static let environment: [Entry] = [
        ("AUTODIALER_DATABASE", "the database, a file or the address of a server, where --database does not name one"),
        (
            "AUTODIALER_RUNNER",
            "the name of this machine's run on a server's database, where --runner does not name one"
        ),
        (
            "PGPASSFILE, PGSERVICEFILE, PGSSLMODE, PGSSLROOTCERT",
            "how a server's database is reached, with whatever else psql heeds; passwords are in ~/.pgpass where PGPASSFILE "
                + "does not name another file"
        ),
        ("XDG_STATE_HOME", "where locks and sockets of runs on a server's database are; without it, ~/.local/state"),
        ("LC_ALL, LC_MESSAGES, LANG", "the language, where --lang does not name one: Chinese if it begins with zh"),
        ("LC_CTYPE", "beside LC_ALL and LANG, whether the terminal shows UTF-8"),
        ("NO_COLOR, FORCE_COLOR", "no colours on a terminal, or colours also where there is none; the latter wins"),
        ("TERM", "dumb for a terminal that cannot move its cursor: plain lines instead of a board"),
        (
            "TZ",
            "the zone of the times that are shown and given; callees' clocks are the campaign's and the rules' matter"
        ),
        (
            "http_proxy, https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY, no_proxy, NO_PROXY",
            "how vendors are reached, as with curl"
        ),
        (
            "CURL_CA_BUNDLE, SSL_CERT_FILE, SSL_CERT_DIR",
            "the authorities that certificates of vendors are checked against, instead of the system's"
        ),
        ("SOURCE_DATE_EPOCH", "manual: the day that the page says it is of, in seconds since 1970"),
    ]

    /// What the program reads and writes besides what it is told to.
    static let files: [Entry] = [
        ("CAMPAIGN/campaign.yaml", "the campaign"),
        ("CAMPAIGN/leads.csv", "its list of leads, whatever it is called there"),
        ("CAMPAIGN/leads.rejects.csv", "the rows of the list that cannot be used, with line and reason"),
        ("vendors.yaml", "the accounts, beside the campaign's folder or in it"),
        (
            "autodialer.sqlite",
            "the database, with autodialer.sqlite-wal and autodialer.sqlite-shm while it is open, or autodialer.sqlite-journal "
                + "while its first list is loaded"
        ),
        ("autodialer.sqlite.CAMPAIGN.lock", "what keeps a second run of a campaign away; it stays, and does no harm"),
        ("autodialer.sqlite.CAMPAIGN.control", "the socket of a run, for orders from other shells"),
        (
            "autodialer.sqlite.CAMPAIGN.events",
            "the recording of a run; of one that died it is kept as ....events.died-N, for replay"
        ),
    ]
}
