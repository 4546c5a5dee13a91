#pragma once

#include <stdbool.h>

/// How many blocks of memory this process has asked for so far, by `malloc`, `calloc`, `realloc` and their aligned kin.
long allocation_count(void);

/// How many of them the calling thread has asked for.
long thread_allocation_count(void);

/// Whether they are counted; a sanitizer has an allocator of its own.
bool allocations_are_counted(void);
