extension LedgerQuery {
    /// The last id that was given out, the last one that is there, and its digest.
    static let auditHead = """
        SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'audit') AS given, last.id, last.digest
        FROM (SELECT 1) LEFT JOIN (SELECT id, digest FROM audit ORDER BY id DESC LIMIT 1) AS last
        """

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

    /// All entries, in order, with every byte of their texts: read as a text, one would end at its first zero byte.
    static let wholeAudit = """
        SELECT id, at, CAST(actor AS BLOB) AS actor, CAST(action AS BLOB) AS action, campaign,
            CAST(facts AS BLOB) AS facts, digest
        FROM audit ORDER BY id
        """

    /// The latest entries, in order.
    ///
    /// Argument: how many.
    static let latestAudit = """
        SELECT * FROM (
            SELECT id, at, CAST(actor AS BLOB) AS actor, CAST(action AS BLOB) AS action, campaign,
                CAST(facts AS BLOB) AS facts, digest
            FROM audit ORDER BY id DESC LIMIT ?)
        ORDER BY id
        """

    /// All attempts after one, in order, with what their seals are made of.
    ///
    /// Argument: id of an attempt.
    static let sealedAttempts = """
        SELECT attempts.id, attempts.campaign, attempts.lead, attempts.run, attempts.number, attempts.vendor,
            attempts.caller_id, attempts.claimed_at, attempts.salt, leads.erased_at
        FROM attempts LEFT JOIN leads ON leads.id = attempts.lead WHERE attempts.id > ? ORDER BY attempts.id
        """

    /// A page of the log: the entries about a campaign and those about none.
    ///
    /// Arguments: campaign, id before the page, limit.
    package static let auditPage = """
        SELECT audit.id, audit.at, audit.actor, audit.action, campaigns.name, audit.facts, lower(hex(audit.digest))
        FROM audit LEFT JOIN campaigns ON campaigns.id = audit.campaign
        WHERE audit.id > ?2 AND (audit.campaign = ?1 OR audit.campaign IS NULL) ORDER BY audit.id LIMIT ?3
        """
}
