/// What has a campaign run by itself, with the paths of one machine.
package struct ScheduleText: Hashable, Sendable {
    /// The campaign's name.
    package var campaign: String
    /// The campaign's folder, as seen from `folder`, or absolute.
    package var path: String
    /// The absolute path of the working directory, where the database is unless something else is said.
    package var folder: String
    /// The absolute path of the program.
    package var program: String
    /// The user that runs it.
    package var user: String

    /// Memberwise.
    package init(campaign: String, path: String, folder: String, program: String, user: String) {
        self.campaign = campaign
        self.path = path
        self.folder = folder
        self.program = program
        self.user = user
    }

    /// Lines for `crontab -e`: every minute for ever, with a mail whenever something was done.
    package var crontab: String {
        let command =
            "cd \(Self.shell(folder)) && \(Self.shell(program)) run \(Self.shell(path)) --mail --if-locked=skip"
        return """
            MAILTO=\(user)
            LANG=C.UTF-8
            * * * * *  \(command.replacing("%", with: "\\%"))
            """
    }

    /// The name of the units, which systemd takes as it is.
    private var unit: String {
        let plain = campaign.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return isPlain || scalar == "-" || scalar == "_" ? Character(scalar) : "_"
        }
        return "autodialer-" + String(plain)
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
        ExecStart=\(Self.word(program)) run \(Self.word(path)) --quiet --if-locked=skip --log-format json
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
        PrivateTmp=true
        ProtectSystem=full

        """
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

    /// A word for the shell.
    private static func shell(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: ","):
                    true
                default: false
                }
            }
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }

    /// A word of a command line of systemd (systemd.service(5), “Command lines”).
    private static func word(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("$", with: "$$")
        return specifierFree(
            escaped.contains { $0.isWhitespace || $0 == "'" || $0 == "\\" } ? "\"\(escaped)\"" : escaped)
    }

    /// Text in which nothing is replaced by systemd, on one line.
    private static func specifierFree(_ text: String) -> String {
        text.replacing("%", with: "%%").replacing("\n", with: " ")
    }
}
