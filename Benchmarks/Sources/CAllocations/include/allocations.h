#pragma once

/// How many blocks of memory this process has asked for so far, by `malloc`, `calloc`, `realloc` and their aligned kin.
long allocation_count(void);
