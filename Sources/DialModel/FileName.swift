extension String {
    /// The name of the file or folder that this is the path of, without the folders above it.
    package var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
