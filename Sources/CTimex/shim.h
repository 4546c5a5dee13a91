#pragma once

#include <sys/timex.h>

// The state of the kernel's clock, which Swift's view of the C library leaves out.

/// `TIME_ERROR` while nothing keeps the clock, -1 where the kernel does not say (adjtimex(2)).
static inline int ctimex_state(void) {
    struct timex clock = {0};
    return adjtimex(&clock);
}
