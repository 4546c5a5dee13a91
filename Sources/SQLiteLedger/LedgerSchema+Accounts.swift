extension LedgerSchema {
    /// Lets an account's attempts of a span of time be counted, which campaigns and processes make together.
    static let accountIndex = """
        CREATE INDEX attempts_by_vendor ON attempts (vendor, claimed_at);
        """
}
