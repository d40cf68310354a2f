#include "client/replay/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <set>
#include <thread>

#include "client/command_client.h"

namespace hall::replay {
namespace {

using protocol::Event;
using protocol::PrintState;
using protocol::Query;
using protocol::Reply;
using std::chrono::steady_clock;

constexpr uint32_t kEventsAPage = 1'000;
constexpr std::size_t kViolationsMax = 50;

tl::expected<Reply, Error> ask(client::CommandClient& client, const Query& query) {
    auto answer = client.ask(query);
    if (!answer) return answer;
    if (answer->has_refusal()) {
        const auto code = answer->refusal().code();
        return tl::unexpected(
            Error{protocol::RefusalCode::Value_Name(code), "the hall refused a query"});
    }
    return answer;
}

tl::expected<void, Error> wait_for_prints(client::CommandClient& client, int patience_s) {
    uint32_t fewest = UINT32_MAX;
    auto until = steady_clock::now() + std::chrono::seconds(patience_s);
    for (;;) {
        Query query;
        query.mutable_status();
        const auto reply = ask(client, query);
        if (!reply) return tl::unexpected(reply.error());
        const uint32_t pending = reply->status().prints_pending();
        if (pending == 0) return {};
        if (pending < fewest) {
            fewest = pending;
            until = steady_clock::now() + std::chrono::seconds(patience_s);
        }
        if (steady_clock::now() > until) return {};  // the audit tells which
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

tl::expected<void, Error> read_events(client::CommandClient& client, Record& record) {
    for (uint64_t next = 1;;) {
        Query query;
        query.mutable_events()->set_from_seq(next);
        query.mutable_events()->set_limit(kEventsAPage);
        auto reply = ask(client, query);
        if (!reply) return tl::unexpected(reply.error());
        for (auto& event : *reply->mutable_events()->mutable_events()) {
            next = event.seq() + 1;
            record.events.push_back(std::move(event));
        }
        if (next > reply->events().head_seq() || reply->events().events().empty()) return {};
    }
}

std::vector<std::string> files_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

class Auditor {
  public:
    Auditor(const std::vector<std::string>& numbers, const Record& record)
        : numbers_(numbers), record_(record) {}

    Findings run() {
        read_log();
        check_numbers();
        check_list();
        check_prints();
        if (record_.papers) check_papers();
        return std::move(findings_);
    }

  private:
    void violation(std::string sentence) {
        if (findings_.violations.size() < kViolationsMax) {
            findings_.violations.push_back(std::move(sentence));
        }
    }

    void read_log() {
        uint64_t expected_seq = 1;
        for (const auto& event : record_.events) {
            if (event.seq() != expected_seq++) {
                violation(
                    fmt::format("log: seq {} where {} should be", event.seq(), expected_seq - 1));
                return;
            }
            read_event(event);
        }
    }

    void read_event(const protocol::EventRecord& record) {
        const Event& event = record.event();
        if (event.has_ticket_issued()) {
            const std::string& number = event.ticket_issued().number();
            ++findings_.issued;
            if (!issued_ms_.emplace(number, record.at_ms()).second) {
                violation(number + ": issued twice");
            }
        } else if (event.has_ticket_called()) {
            const std::string& number = event.ticket_called().number();
            if (!called_.insert(number).second) return;
            ++findings_.called;
            const auto issued = issued_ms_.find(number);
            if (issued == issued_ms_.end()) {
                violation(number + ": called and never issued");
            } else {
                findings_.wait_ms.push_back(record.at_ms() - issued->second);
            }
        } else if (event.has_ticket_missed()) {
            ++findings_.missed;
        } else if (event.has_print_claimed()) {
            attempts_[event.print_claimed().job()].insert(event.print_claimed().attempt());
        }
    }

    void check_numbers() {
        std::set<std::string> answered;
        for (const std::string& number : numbers_) {
            if (!answered.insert(number).second) violation(number + ": given to two people");
            if (!issued_ms_.contains(number)) violation(number + ": answered and not in the log");
        }
        for (const auto& [number, at_ms] : issued_ms_) {
            if (!answered.contains(number)) violation(number + ": in the log and never answered");
        }
    }

    void check_list() {
        std::set<std::string> listed;
        for (const auto& ticket : record_.tickets) {
            if (!listed.insert(ticket.number()).second)
                violation(ticket.number() + ": listed twice");
        }
        for (const std::string& number : numbers_) {
            if (!listed.contains(number)) violation(number + ": lost from the ticket list");
        }
    }

    void check_prints() {
        std::set<std::string> printed;
        for (const auto& job : record_.prints) {
            if (job.state() != PrintState::printed) continue;
            printed.insert(job.number());
            findings_.print_ms.push_back(job.reported_at_ms() - job.requested_at_ms());
        }
        for (const std::string& number : numbers_) {
            if (printed.contains(number)) {
                ++findings_.printed;
            } else {
                violation(number + ": not printed");
            }
        }
    }

    // More sheets than attempts means that somebody holds two slips of which none is marked.
    void check_papers() {
        std::map<uint64_t, std::size_t> sheets;
        for (const std::string& name : *record_.papers) {
            const auto job = job_of_paper(name);
            if (job) ++sheets[*job];
        }
        for (const auto& job : record_.prints) {
            const std::size_t count = sheets[job.job()];
            findings_.papers += count;
            if (job.state() == PrintState::printed && count == 0) {
                violation(fmt::format("{}: said to be printed, no paper", job.number()));
            }
            const std::size_t attempts = attempts_[job.job()].size();
            if (count > attempts) {
                violation(
                    fmt::format("{}: {} sheets of {} attempts", job.number(), count, attempts));
            } else if (count > 1) {
                findings_.marked_reprints += count - 1;
            }
        }
    }

    const std::vector<std::string>& numbers_;
    const Record& record_;
    Findings findings_;
    std::map<std::string, int64_t> issued_ms_;
    std::set<std::string> called_;
    std::map<uint64_t, std::set<uint32_t>> attempts_;
};

}  // namespace

tl::expected<Record, Error> read_record(const client::Server& server,
                                        const std::filesystem::path& paper_folder, int patience_s) {
    client::CommandClient client(server);
    Record record;
    if (auto waited = wait_for_prints(client, patience_s); !waited) {
        return tl::unexpected(waited.error());
    }
    if (auto read = read_events(client, record); !read) return tl::unexpected(read.error());
    Query tickets;
    tickets.mutable_ticket_list();
    auto ticket_reply = ask(client, tickets);
    if (!ticket_reply) return tl::unexpected(ticket_reply.error());
    for (auto& ticket : *ticket_reply->mutable_tickets()->mutable_tickets()) {
        record.tickets.push_back(std::move(ticket));
    }
    Query prints;
    prints.mutable_print_list();
    auto print_reply = ask(client, prints);
    if (!print_reply) return tl::unexpected(print_reply.error());
    for (auto& job : *print_reply->mutable_print_jobs()->mutable_print_jobs()) {
        record.prints.push_back(std::move(job));
    }
    if (!paper_folder.empty()) record.papers = files_in(paper_folder);
    return record;
}

Findings audit(const std::vector<std::string>& numbers, const Record& record) {
    return Auditor(numbers, record).run();
}

std::optional<uint64_t> job_of_paper(const std::string& file_name) {
    const std::string stem = file_name.substr(0, file_name.find('.'));
    const std::size_t digits = stem.find_last_not_of("0123456789") + 1;
    uint64_t job = 0;
    const auto [end, error] = std::from_chars(stem.data() + digits, stem.data() + stem.size(), job);
    if (error != std::errc() || end != stem.data() + stem.size()) return std::nullopt;
    return job;
}

}  // namespace hall::replay
