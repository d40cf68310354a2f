#include "benchmarks/usage.h"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

#include "protocol/check.h"

namespace hall::bench {

double resident_mb(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("VmRSS:", 0) == 0) return std::stod(line.substr(6)) * 1'024 / 1e6;
    }
    HALL_CHECK(false);
    return 0;
}

double processor_seconds(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(file, text);
    HALL_CHECK(file);
    // The name may hold spaces; utime and stime are the 12th and 13th after it.
    std::istringstream rest(text.substr(text.rfind(')') + 1));
    std::string field;
    double ticks = 0;
    for (int i = 1; i <= 13 && rest >> field; ++i) {
        if (i >= 12) ticks += std::stod(field);
    }
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace hall::bench
