// The smallest good hall file, for tests that break one thing of it.
#pragma once

#include <string>

namespace hall::config {

inline const std::string kSmallHall = R"([hall]
code = "small"
name = "小厅"
time_zone = "Asia/Shanghai"
[hall.hours]
monday = { opening = "08:30", closing = "17:30" }
[[group]]
letter = "A"
name = "养老"
[[service]]
code = "pension"
letter = "A"
name = "待遇申领"
short_name = "养老金"
expected_min = 15
[[category]]
code = "80plus"
name = "80 岁以上"
credit_min = 20
[[zone]]
code = "waiting"
name = "等候区"
kind = "waiting"
[[window]]
number = 1
services = ["pension"]
languages = ["cmn"]
zone = "waiting"
)";

// `kSmallHall` with the first `from` replaced by `to`.
inline std::string changed(const std::string& from, const std::string& to) {
    std::string text = kSmallHall;
    const std::size_t at = text.find(from);
    return at == std::string::npos ? "no such text: " + from : text.replace(at, from.size(), to);
}

}  // namespace hall::config
