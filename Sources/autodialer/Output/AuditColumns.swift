import DialModel
import Ledger

/// The columns of `export audit`: names and order never change, new ones come last.
enum AuditColumns {
    static var all: [ExportColumn<AuditRecord>] {
        [ExportColumn("entry_id", "记录编号") { .integer($0.id) }]
            + ExportColumn.instant("at", "时间", \.at)
            + [
                ExportColumn("actor", "操作人") { .text($0.actor) },
                ExportColumn("action", "操作") { .text($0.action) },
                ExportColumn("campaign", "活动") { .optional($0.campaign) },
                ExportColumn("facts", "内容") { .text($0.facts) },
                ExportColumn("digest", "摘要") { .text($0.digest) },
            ]
    }
}
