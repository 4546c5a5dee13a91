package import DialModel
package import Telephony

/// An account with WinCall: where its servers are, and whom to sign in (`vendors/well-wincall.md`, B.1).
package struct WinCallAccount: Sendable {
    /// How a password is sent.
    package enum PasswordFormat: String, CaseIterable, Hashable, Sendable {
        /// Its MD5 digest in lower-case hexadecimal digits, as integrators do.
        case md5
        /// As it is.
        case plain
    }

    /// What the phone state 6 means, which no document says (B.6).
    package enum ConnectedState: String, CaseIterable, Hashable, Sendable {
        /// The callee has answered.
        case callee
        /// The agent's own side is connected; that the callee has answered is never said.
        case own
    }

    /// The name by which campaigns mean it.
    package var name: String
    /// Scheme, host and port of the command and event server: `wss://wincall.example.com:6050`.
    package var serverURL: String
    /// Scheme, host and perhaps a path of the REST interface, without a slash at the end.
    package var apiURL: String
    /// The enterprise's code.
    package var enterprise: String
    /// Whom to sign in.
    package var logins: [AgentLogin]
    /// How passwords are sent.
    package var passwordFormat: PasswordFormat
    /// What the phone state 6 means.
    package var connectedState: ConnectedState
    /// The outgoing channel of calls, 0 to 9.
    package var outChannel: Int

    /// Memberwise.
    package init(
        name: String, serverURL: String, apiURL: String, enterprise: String, logins: [AgentLogin],
        passwordFormat: PasswordFormat = .md5, connectedState: ConnectedState = .callee, outChannel: Int = 0
    ) {
        self.name = name
        self.serverURL = serverURL
        self.apiURL = apiURL
        self.enterprise = enterprise
        self.logins = logins
        self.passwordFormat = passwordFormat
        self.connectedState = connectedState
        self.outChannel = outChannel
    }
}

extension WinCallAccount {
    /// What the account's logins make possible: agents are dialled for, and diallers give answered calls to the queue.
    ///
    /// No cause of a failed call is ever told (`vendors/well-wincall.md`, B.6).
    package var abilities: VendorAbilities {
        // Answers that are never told cannot be handed over.
        let diallers = connectedState == .callee ? logins.count(where: \.isDialler) : 0
        return VendorAbilities(
            placesForAgent: logins.contains { !$0.isDialler }, queuesAnsweredCalls: diallers > 0, hangsUp: true,
            classifiesAnswers: false, failuresTold: [], dialsByItself: logins.contains { !$0.isDialler },
            takesSupervisors: true, linesAhead: diallers)
    }
}
