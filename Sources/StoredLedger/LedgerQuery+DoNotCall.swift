extension LedgerQuery {
    /// The do-not-call lists of all campaigns and of one, and whether each has wildcards.
    ///
    /// Argument: campaign, or null.
    package static let askedLists = """
        SELECT id, name, campaign, hash_key, as_of, EXISTS (
                SELECT 1 FROM do_not_call_entries INDEXED BY do_not_call_wildcards
                WHERE list = do_not_call_lists.id AND is_wildcard = 1) AS has_wildcards
        FROM (
            SELECT * FROM do_not_call_lists INDEXED BY do_not_call_lists_global WHERE campaign IS NULL
            UNION ALL
            SELECT * FROM do_not_call_lists INDEXED BY do_not_call_lists_of_campaign WHERE campaign = ?1
        ) AS do_not_call_lists
        ORDER BY campaign NULLS FIRST, name
        """

    /// One entry of a list: a single step into its table.
    ///
    /// Arguments: list, key.
    package static let doNotCallEntry = "SELECT * FROM do_not_call_entries WHERE list = ?1 AND key = ?2"

    /// The wildcards of a list among those that would forbid a number: a step into their index for each.
    ///
    /// Arguments: list, and so many wildcards.
    package static func doNotCallWildcards(_ count: Int) -> String {
        """
        SELECT * FROM do_not_call_entries INDEXED BY do_not_call_wildcards
        WHERE list = ?1 AND is_wildcard = 1 AND key IN (\(places(count, from: 2)))
        """
    }

    /// Adds an entry unless the list has it.
    package static let insertDoNotCallEntry = """
        INSERT INTO do_not_call_entries (list, key, is_wildcard, expires_at, added_at, source, import)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (list, key) DO NOTHING
        """

    /// The entries of a list that count, the wildcards among them, and those whose time is over.
    ///
    /// Arguments: list, now.
    package static let doNotCallCounts = """
        SELECT count(*) FILTER (WHERE expires_at IS NULL OR expires_at > ?2) AS entries,
            count(*) FILTER (WHERE is_wildcard = 1 AND (expires_at IS NULL OR expires_at > ?2)) AS wildcards,
            count(*) FILTER (WHERE expires_at <= ?2) AS expired
        FROM do_not_call_entries WHERE list = ?1
        """
}
