import GRDB
import GRDBSQLite

/// Binds texts by SQLite's own functions.
enum SQLiteBinding {
    /// Has SQLite copy what is bound; in C the macro `SQLITE_TRANSIENT`, a cast that Swift does not import.
    static let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Binds a text in UTF-8, of which SQLite keeps a copy unless the text `stays` where it is until the statement has run;
    /// the answer is SQLite's code.
    static func bind(
        text: UnsafeBufferPointer<UInt8>, stays: Bool = false, to statement: SQLiteStatement, _ position: CInt
    ) -> CInt {
        // Without an address, which an empty text may lack, SQLite would take it for no text at all.
        let bound = UnsafeRawPointer(text.baseAddress)?.withMemoryRebound(to: CChar.self, capacity: text.count) {
            sqlite3_bind_text(statement, position, $0, CInt(text.count), stays ? nil : copying)
        }
        return bound ?? sqlite3_bind_text(statement, position, "", 0, copying)
    }
}

extension Database {
    /// What a code of SQLite's means that is neither of success nor of a row.
    func failure(_ code: CInt) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: sqliteConnection.map { String(cString: sqlite3_errmsg($0)) })
    }
}
