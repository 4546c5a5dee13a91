extension LedgerQuery {
    /// Adds an entry.
    ///
    /// Arguments: id, instant, actor, action, campaign, facts, digest.
    static let insertAudit = """
        INSERT INTO audit (id, at, actor, action, campaign, facts, digest) VALUES (?, ?, ?, ?, ?, ?, ?)
        """

    /// The facts of the latest removal of entries.
    static let lastPruning = """
        SELECT facts FROM audit INDEXED BY audit_prunings WHERE action = 'log_pruned' ORDER BY id DESC LIMIT 1
        """

    /// A page of all entries, in order, with every byte of their texts.
    ///
    /// Arguments: least id of the page, limit.
    static func auditEntries(_ dialect: StoreDialect) -> String {
        "\(auditBytes(dialect)) FROM audit WHERE id >= ?1 ORDER BY id LIMIT ?2"
    }

    private static func auditBytes(_ dialect: StoreDialect) -> String {
        let texts = ["actor", "action", "facts"].map { "\(dialect.bytesOf($0)) AS \($0)" }.joined(separator: ", ")
        return "SELECT id, at, \(texts), campaign, digest"
    }

    /// The latest entries, in order.
    ///
    /// Argument: how many.
    static func latestAudit(_ dialect: StoreDialect) -> String {
        "SELECT * FROM (\(auditBytes(dialect)) FROM audit ORDER BY id DESC LIMIT ?1) AS latest ORDER BY id"
    }

    /// A page of all attempts, in order, with what their seals are made of.
    ///
    /// Arguments: id before the page, limit.
    static let sealedAttempts = """
        SELECT attempts.id, attempts.campaign, attempts.lead, attempts.run, attempts.number, attempts.vendor,
            attempts.caller_id, attempts.claimed_at, attempts.salt, leads.erased_at
        FROM attempts LEFT JOIN leads ON leads.id = attempts.lead WHERE attempts.id > ?1
        ORDER BY attempts.id LIMIT ?2
        """

    /// A page of the log: the entries about a campaign and those about none.
    ///
    /// Arguments: campaign, id before the page, limit.
    package static let auditPage = """
        SELECT audit.id, audit.at, audit.actor, audit.action, campaigns.name, audit.facts, audit.digest
        FROM audit LEFT JOIN campaigns ON campaigns.id = audit.campaign
        WHERE audit.id > ?2 AND (audit.campaign = ?1 OR audit.campaign IS NULL) ORDER BY audit.id LIMIT ?3
        """
}
