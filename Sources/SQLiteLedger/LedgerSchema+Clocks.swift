extension LedgerSchema {
    /// The clock that each run went by, so that the next one knows by how much the clock was set meanwhile; none where a run
    /// went at a speed of its own.
    static let clockColumns = """
        ALTER TABLE runs ADD COLUMN boot TEXT;
        ALTER TABLE runs ADD COLUMN clock_zero INTEGER CHECK ((clock_zero IS NULL) = (boot IS NULL));
        """
}
