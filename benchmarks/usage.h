// What a process costs the machine, from /proc.
#pragma once

#include <sys/types.h>

namespace hall::bench {

double resident_mb(pid_t pid);        // VmRSS, 10^6 bytes
double processor_seconds(pid_t pid);  // user and system, all threads

}  // namespace hall::bench
