package import DialModel
package import Wording

/// Why a file with a secret in it was not read; says nothing of its contents.
package struct SecretFileError: Error, Hashable, Sendable {
    /// What is wrong, to be read after the file's name: `can be read by other users`.
    package var complaint: Phrase
    /// What to do about it.
    package var hint: Phrase?

    /// Memberwise.
    package init(_ complaint: Phrase, hint: Phrase? = nil) {
        self.complaint = complaint
        self.hint = hint
    }
}

/// The vendor accounts that campaigns can name, from `vendors.yaml`.
package struct VendorAccounts: Hashable, Sendable {
    /// The vendors that need no account.
    package static let builtIn = [
        "simulator.alibaba", "simulator.well", "simulator.wincall", "simulator.udesk", "simulator.udesk-bridge",
    ]

    /// The accounts, in the order of the file.
    package var accounts: [VendorAccount]

    /// What stands for a secret that is not looked up, and is as long as one has to be.
    package static let unread = String(repeating: "-", count: AgentLogins.shortestKey)

    /// Whether a name belongs to the simulators.
    package static func isSimulator(_ name: String) -> Bool { name.hasPrefix("simulator.") }

    /// Wraps accounts.
    package init(accounts: [VendorAccount]) {
        self.accounts = accounts
    }

    /// The account of a name.
    package subscript(name: String) -> VendorAccount? { accounts.first { $0.name == name } }

    /// Reads a file of accounts, which is named `file` in findings; there are accounts unless there are errors.
    ///
    /// `environment` looks up the variables that values refer to as `${NAME}`. `readSecretFile` reads a file that only
    /// its owner may read and returns its contents without the line end. With `only`, other accounts are checked as
    /// they stand, their secrets are not looked up, and they are not returned.
    package static func parse(
        _ bytes: [UInt8], file: String, only: String? = nil, environment: @escaping (String) -> String?,
        readSecretFile: @escaping (String) -> Result<Secret, SecretFileError>
    ) -> (accounts: VendorAccounts?, diagnostics: [Diagnostic]) {
        let findings = Findings(file: file)
        guard let root = Document.root(bytes, findings) else {
            return (findings.isClean ? VendorAccounts(accounts: []) : nil, findings.inOrder)
        }
        guard let section = Section(names: root, shape: "my-account: { kind: alibaba, ... }", findings: findings)
        else { return (nil, findings.inOrder) }
        var accounts: [VendorAccount] = []
        for field in section.fields {
            guard isFree(field) else { continue }
            let isWanted = only == nil || only == field.key
            let values = VendorValues(
                environment: { isWanted ? environment($0) : unread },
                readSecretFile: { isWanted ? readSecretFile($0) : .success(Secret(unread)) })
            if let account = values.account(field), isWanted { accounts.append(account) }
        }
        return (findings.isClean ? VendorAccounts(accounts: accounts) : nil, findings.inOrder)
    }

    /// Whether an account may have the name.
    private static func isFree(_ field: Field) -> Bool {
        guard isSimulator(field.key) else { return true }
        let _: String? = field.reject(
            AccountPhrase.builtIn.phrase, hint: FixPhrase.otherName.phrase)
        return false
    }
}
