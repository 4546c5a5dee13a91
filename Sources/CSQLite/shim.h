#pragma once

#include <sqlite3.h>

// SQLite's settings for all databases of the process are variadic, which Swift cannot call.

/// Keeps no account of memory, for which every allocation takes a lock; `SQLITE_MISUSE` once SQLite has been used.
static inline int csqlite_count_no_memory(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
