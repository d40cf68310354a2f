// ticket import: paper slips of a breakdown, from a file.
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "client/paper_slips.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

constexpr size_t kFileMax = size_t{1} << 20;

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string content(std::istreambuf_iterator<char>(in), {});
    if (!in) {
        throw UsageError{wording::format("hallctl.usage.file_unreadable",
                                         {{"option", "--paper"}, {"file", path}})};
    }
    if (content.size() > kFileMax) {
        throw UsageError{wording::format("hallctl.usage.file_too_large",
                                         {{"option", "--paper"}, {"file", path}})};
    }
    return content;
}

// Each mistake as FILE:LINE: on stderr, then the code; all of them in one object with --json.
int tell_mistakes(Session& session, const std::string& file,
                  const std::vector<SlipMistake>& mistakes, protocol::RefusalCode::Value code) {
    const std::string& name = protocol::RefusalCode::Value_Name(code);
    if (session.globals().json) {
        std::vector<std::string> list;
        for (const auto& mistake : mistakes) {
            list.push_back(fmt::format(R"({{"file":{},"line":{},"what":{}}})", json_string(file),
                                       mistake.line, json_string(mistake.what)));
        }
        std::cout << fmt::format(R"({{"refusal":{{"code":"{}","message":{},"problems":[{}]}}}})",
                                 name, json_string(mistakes.front().what), fmt::join(list, ","))
                  << '\n';
    }
    for (const auto& mistake : mistakes) {
        std::cerr << fmt::format("{}:{}: {}\n", file, mistake.line, mistake.what);
    }
    std::cerr << name << '\n';
    return kExitRefused;
}

}  // namespace

int import_paper(Session& session, const Words& words) {
    const std::string file = words.one("paper");
    const std::string content = content_of(file);
    protocol::Query query;
    query.mutable_status();
    Answer status = session.answer(query);
    if (!status || !status->has_status()) return session.show(std::move(status));
    const protocol::ViewHead& head = status->status().head();
    auto slips = read_paper_slips(content, {head.date(), midnight_ms(head)});
    if (!slips) {
        return tell_mistakes(session, file, slips.error(),
                             protocol::RefusalCode::paper_slip_invalid);
    }
    protocol::Command command;
    *command.mutable_import_paper() = slips->import;
    Answer answer = session.answer(command);
    const bool too_large = !answer && answer.error().code == "request_too_large";
    if (too_large) {
        return tell_mistakes(session, file,
                             {{slips->lines.back(), wording::text("hallctl.paper.too_large")}},
                             protocol::RefusalCode::frame_too_large);
    }
    const bool refused = answer && answer->has_refusal();
    const auto code = refused ? answer->refusal().code() : protocol::RefusalCode::unknown;
    if (code == protocol::RefusalCode::paper_slip_invalid ||
        code == protocol::RefusalCode::paper_slip_known) {
        return tell_mistakes(session, file, {mistake_of(answer->refusal(), *slips)}, code);
    }
    return session.show(std::move(answer));
}

}  // namespace hall::client::hallctl
