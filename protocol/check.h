// HALL_CHECK: what must be true whatever anyone sends us. On in release.
//
// A failed check means that we, or the disk, are wrong: the process ends, its supervisor starts it
// again, and it replays its log. Never use it for input: bad input is a Refusal, a failing world
// is an Error.
#pragma once

#include <cstdio>
#include <cstdlib>

#define HALL_CHECK(condition)                                                                  \
    do {                                                                                       \
        if (!(condition)) {                                                                    \
            std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition); \
            std::abort();                                                                      \
        }                                                                                      \
    } while (false)
