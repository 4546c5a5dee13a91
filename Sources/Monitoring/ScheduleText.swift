package import Wording

/// What has a campaign run by itself, with the paths of one machine.
package struct ScheduleText: Hashable, Sendable {
    /// The campaign's name.
    package var campaign: String
    /// The campaign's name as a part of a file's name, which no other campaign has.
    package var unitName: String
    /// The campaign's folder, as seen from `folder`, or absolute.
    package var path: String
    /// The absolute path of the working directory, where the database is unless something else is said.
    package var folder: String
    /// The absolute path of the program.
    package var program: String
    /// The absolute path of the database; nil where it is the one that is taken unless something else is said.
    package var database: String?
    /// The user that runs it.
    package var user: String
    /// What mails and messages are written in; schedules know nothing of a shell's locale.
    package var language: Language

    /// Memberwise.
    package init(
        campaign: String, unitName: String, path: String, folder: String, program: String, database: String? = nil,
        user: String, language: Language = .english
    ) {
        self.campaign = campaign
        self.unitName = unitName
        self.path = path
        self.folder = folder
        self.program = program
        self.database = database
        self.user = user
        self.language = language
    }

    /// Lines for `crontab -e`: every minute for ever, with a mail whenever something was done.
    package var crontab: String {
        let command =
            "cd \(folder.shellWord) && \(program.shellWord) run \(arguments(\.shellWord)) --mail --if-locked=skip"
        return """
            MAILTO=\(user)
            LANG=C.UTF-8
            * * * * *  \(command.replacingScalars { $0 == "%" ? "\\%" : nil })
            """
    }

    /// The name of the units.
    private var unit: String { "autodialer-" + unitName }

    /// What is run on which database and in which language, each word quoted.
    private func arguments(_ quoted: (String) -> String) -> String {
        quoted(path) + (database.map { " --database " + quoted($0) } ?? "")
            + (language == .english ? "" : " --lang \(language.rawValue)")
    }

    /// The paths and texts of the systemd units: the service and its timer.
    package var units: [(path: String, text: String)] {
        [("/etc/systemd/system/\(unit).service", service), ("/etc/systemd/system/\(unit).timer", timer)]
    }

    /// All units, each behind the path that it belongs to.
    package var systemd: String {
        units.map { "# \($0.path)\n\($0.text)" }.joined(separator: "\n")
            + "\n# systemctl daemon-reload && systemctl enable --now \(unit).timer"
    }

    private var service: String {
        """
        [Unit]
        Description=Outbound calls of the campaign \(Self.specifierFree(campaign))
        Wants=network-online.target
        After=network-online.target time-sync.target

        [Service]
        Type=exec
        User=\(user)
        WorkingDirectory=\(Self.specifierFree(folder))
        ExecStart=\(Self.word(program)) run \(arguments(Self.word)) --quiet --if-locked=skip --log-format json
        Environment=LANG=C.UTF-8
        EnvironmentFile=-/etc/autodialer/secrets.env
        # Calls in progress may finish, and no more are placed.
        KillSignal=SIGTERM
        TimeoutStopSec=15min
        # Busy, and stopped by a signal: neither is a failure.
        SuccessExitStatus=75 130 143
        UMask=0077
        LimitNOFILE=4096
        NoNewPrivileges=true
        \(temporaryFiles)
        ProtectSystem=full

        """
    }

    /// A service has temporary files of its own, unless some that it needs are among those of all.
    private var temporaryFiles: String {
        let isShared = [folder, path, program, database ?? ""].contains { path in
            ["/tmp/", "/var/tmp/"].contains { (path + "/").hasPrefix($0) }
        }
        return isShared
            ? "# Not PrivateTmp=true: what it needs is below /tmp, where it would find nothing." : "PrivateTmp=true"
    }

    private var timer: String {
        """
        [Unit]
        Description=Every minute, outbound calls of the campaign \(Self.specifierFree(campaign))

        [Timer]
        OnCalendar=*-*-* *:*:00
        AccuracySec=1s

        [Install]
        WantedBy=timers.target

        """
    }

    /// A word of a command line of systemd (systemd.service(5), “Command lines”).
    private static func word(_ text: String) -> String {
        let escaped = text.replacingScalars { scalar in
            switch scalar {
            case "\\", "\"": "\\\(scalar)"
            case "$": "$$"
            case "%": "%%"
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            default: nil
            }
        }
        let needsMarks = escaped.unicodeScalars.contains {
            $0.properties.isWhitespace || $0 == "'" || $0 == "\\" || $0 == ";"
        }
        return needsMarks ? "\"\(escaped)\"" : escaped
    }

    /// Text in which nothing is replaced by systemd, on one line.
    private static func specifierFree(_ text: String) -> String {
        text.replacingScalars { $0 == "%" ? "%%" : $0.properties.generalCategory == .control ? " " : nil }
    }
}
