// What SQLite alone can do: writes into a ledger, as durably as a run does and in as many transactions, the rows that a run
// has written into another; prints seconds, attempts, statements and transactions.
//
// usage: sqlite-limit FRESH DONE TRANSACTIONS
//
// FRESH is a copy of the database from before the run, DONE the one from after it. Everything that is read is read before
// the clock starts, statements are prepared once, and nothing is asked: only written.
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum kind { CLAIM, AUDIT, NEWS, REACH, CLOSE, KINDS };

// A row as it is bound: the values of its columns, in their order.
struct step {
    enum kind kind;
    sqlite3_value **values;
};

static sqlite3 *db;
static struct step *steps;
static size_t step_count, step_room;

static void check(int code, int expected) {
    if (code == expected) return;
    fprintf(stderr, "sqlite-limit: %s\n", sqlite3_errmsg(db));
    exit(1);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), SQLITE_OK);
    return statement;
}

static void execute(const char *sql) { check(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK); }

// Reads the steps of the run in the order in which they were written: the first column is the kind of the step.
static void read_steps(const char *sql) {
    sqlite3_stmt *statement = prepare(sql);
    int columns = sqlite3_column_count(statement) - 1, code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (step_count == step_room) {
            step_room = step_room ? step_room * 2 : 4096;
            steps = realloc(steps, step_room * sizeof *steps);
        }
        struct step *step = &steps[step_count++];
        step->kind = (enum kind)sqlite3_column_int(statement, 0);
        step->values = malloc((size_t)columns * sizeof *step->values);
        for (int column = 0; column < columns; column++)
            step->values[column] = sqlite3_value_dup(sqlite3_column_value(statement, column + 1));
    }
    check(code, SQLITE_DONE);
    sqlite3_finalize(statement);
}

static void run(sqlite3_stmt *statement, const struct step *step) {
    int parameters = sqlite3_bind_parameter_count(statement);
    for (int index = 0; index < parameters; index++)
        check(sqlite3_bind_value(statement, index + 1, step->values[index]), SQLITE_OK);
    check(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_reset(statement);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// Columns: attempt, sequence, instant, state, note, lead; then those of the attempt; of the entry of the audit log, or of
// the news.
static const char *const all_steps =
    "SELECT CASE WHEN e.state = 'placing' THEN 0 WHEN e.state = 'closed' THEN 4 ELSE 3 END AS kind,"
    "  e.attempt, e.sequence, e.at, e.state, e.note, a.lead, a.campaign, a.run, a.ordinal, a.number, a.vendor,"
    "  a.caller_id, a.claimed_at, a.salt, a.vendor_call, a.outcome, a.shown_caller_id, a.cpa, a.agent, a.answered_at,"
    "  a.connected_at, a.ended_at, a.talk_ms, a.vendor_reason,"
    "  CASE WHEN a.ordinal = (SELECT max(ordinal) FROM done.attempts AS o WHERE o.lead = a.lead)"
    "    THEN l.state ELSE 'waiting' END AS lead_state,"
    "  CASE WHEN a.ordinal = (SELECT max(ordinal) FROM done.attempts AS o WHERE o.lead = a.lead)"
    "    THEN l.ending END AS lead_ending,"
    "  CASE WHEN a.ordinal = (SELECT max(ordinal) FROM done.attempts AS o WHERE o.lead = a.lead)"
    "    THEN l.not_before ELSE a.ended_at + 60000 END AS lead_due "
    "FROM (SELECT attempt, sequence, max(at) OVER (PARTITION BY attempt ORDER BY sequence) AS at, state, note"
    "    FROM done.attempt_events) e JOIN done.attempts a ON a.id = e.attempt JOIN done.leads l ON l.id = a.lead"
    "  WHERE a.outcome IS NOT NULL "
    "UNION ALL SELECT 1, u.id, 9, u.at, u.actor, u.action, u.campaign, u.facts, u.digest,"
    "  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM done.audit u WHERE u.action = 'dialled' "
    "UNION ALL SELECT 2, n.sequence, 9, coalesce(iif(n.event = 'closed', a.ended_at, a.claimed_at), 0), n.account,"
    "  n.event, n.caller_id, n.attempt, n.outcome, x.explanation, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0"
    "  FROM done.caller_id_news n JOIN done.attempts a ON a.id = n.attempt"
    "  LEFT JOIN done.attempt_explanations x ON x.attempt = n.attempt AND n.event = 'claimed'"
    "  WHERE a.outcome IS NOT NULL "
    "ORDER BY 4, 1, 2, 3";

static const char *const writes[KINDS][3] = {
    {"INSERT INTO attempts (id, campaign, lead, run, ordinal, number, vendor, caller_id, state, claimed_at, salt)"
     " VALUES (?1, ?7, ?6, ?8, ?9, ?10, ?11, ?12, 'placing', ?13, ?14)",
     "UPDATE leads SET state = 'dialing', not_before = NULL, hold_reason = NULL WHERE id = ?6",
     "INSERT INTO attempt_events (attempt, sequence, at, state, note) VALUES (?1, ?2, ?3, ?4, ?5)"},
    {"INSERT INTO audit (id, at, actor, action, campaign, facts, digest) VALUES (?1, ?3, ?4, ?5, ?6, ?7, ?8)"},
    {"INSERT INTO caller_id_news (account, event, caller_id, attempt, outcome) VALUES (?4, ?5, ?6, ?7, ?8)",
     "INSERT INTO attempt_explanations (attempt, explanation) SELECT ?7, ?9 WHERE ?9 IS NOT NULL"},
    {"UPDATE attempts SET state = ?4, vendor_call = ?15 WHERE id = ?1",
     "INSERT INTO attempt_events (attempt, sequence, at, state, note) VALUES (?1, ?2, ?3, ?4, ?5)"},
    {"UPDATE attempts SET state = 'closed', outcome = ?16, shown_caller_id = ?17, cpa = ?18, agent = ?19,"
     " answered_at = ?20, connected_at = ?21, ended_at = ?22, talk_ms = ?23, vendor_reason = ?24 WHERE id = ?1",
     "UPDATE leads SET state = ?25, ending = ?26, not_before = ?27 WHERE id = ?6",
     "INSERT INTO attempt_events (attempt, sequence, at, state, note) VALUES (?1, ?2, ?3, ?4, ?5)"},
};

int main(int count, char **arguments) {
    long transactions = count == 4 ? atol(arguments[3]) : 0;
    if (transactions < 1) {
        fprintf(stderr, "usage: sqlite-limit FRESH DONE TRANSACTIONS\n");
        return 64;
    }
    if (sqlite3_open_v2(arguments[1], &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) return 66;
    execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;"
            "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 67108864");
    sqlite3_stmt *attach = prepare("ATTACH ?1 AS done");
    sqlite3_bind_text(attach, 1, arguments[2], -1, SQLITE_STATIC);
    check(sqlite3_step(attach), SQLITE_DONE);
    sqlite3_finalize(attach);
    execute("INSERT OR IGNORE INTO runs SELECT * FROM done.runs");
    read_steps(all_steps);
    execute("DETACH done");
    sqlite3_stmt *statements[KINDS][3] = {{0}};
    for (int kind = 0; kind < KINDS; kind++)
        for (int place = 0; place < 3 && writes[kind][place]; place++)
            statements[kind][place] = prepare(writes[kind][place]);
    sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE"), *commit = prepare("COMMIT");
    if ((size_t)transactions > step_count) transactions = (long)step_count;
    size_t written = 0, attempts = 0, done = 0;
    double began = now();
    for (long transaction = 0; transaction < transactions; transaction++) {
        check(sqlite3_step(begin), SQLITE_DONE);
        sqlite3_reset(begin);
        size_t end = step_count * (size_t)(transaction + 1) / (size_t)transactions;
        for (; done < end; done++) {
            const struct step *step = &steps[done];
            attempts += step->kind == CLAIM;
            for (int place = 0; place < 3 && statements[step->kind][place]; place++, written++)
                run(statements[step->kind][place], step);
        }
        check(sqlite3_step(commit), SQLITE_DONE);
        sqlite3_reset(commit);
    }
    printf("%.6f %zu %zu %ld\n", now() - began, attempts, written, transactions);
    return 0;
}
