#include "printers/spooler/raw_spooler.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <utility>
#include <vector>

#include "printers/spooler/watchdog.h"

namespace hall::printers::spooler {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kVerdictLimit{6'000};
constexpr milliseconds kConnectLimit{1'000};
// A printer that is well answers within some 50 ms.
constexpr milliseconds kAnswerLimit{400};
constexpr milliseconds kAskAgain{200};
constexpr std::size_t kAnswerBytesMax = 4'096;
constexpr std::string_view kAsk = "~HS";
constexpr std::string_view kForget = "~JA";  // everything that waits to be printed

struct Address {
    std::string host;
    std::string port = "9100";
};

std::optional<Address> address_from(const std::string& uri) {
    constexpr std::string_view kScheme = "socket://";
    if (!uri.starts_with(kScheme)) return std::nullopt;
    std::string rest = uri.substr(kScheme.size());
    if (rest.ends_with('/')) rest.pop_back();
    Address address;
    const std::size_t colon = rest.rfind(':');
    address.host = rest.substr(0, colon);
    if (colon != std::string::npos) address.port = rest.substr(colon + 1);
    int port = 0;
    const char* const end = address.port.data() + address.port.size();
    const auto [stop, error] = std::from_chars(address.port.data(), end, port);
    const bool host_is_one =
        !address.host.empty() && address.host.find_first_of("/?# :@") == std::string::npos;
    if (error != std::errc() || stop != end || port < 1 || port > 65'535 || !host_is_one) {
        return std::nullopt;
    }
    return address;
}

milliseconds left_until(Clock::time_point end) {
    return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(end - Clock::now()));
}

// One connection; every call ends in time.
class Wire {
  public:
    Wire() = default;
    ~Wire() { close(); }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    // getaddrinfo knows no time limit: this runs under a watchdog.
    bool connect(const Address& address, Clock::time_point end) {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (::getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found) != 0) {
            return false;
        }
        const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(found, &::freeaddrinfo);
        for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
            close();
            socket_ = ::socket(at->ai_family, at->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            if (socket_ < 0) continue;
            if (::connect(socket_, at->ai_addr, at->ai_addrlen) == 0) return true;
            if (errno == EINPROGRESS && ready(POLLOUT, end) && !has_error()) return true;
        }
        close();
        return false;
    }

    // All of `bytes`, or false: then some of them may have arrived.
    bool send(std::string_view bytes, Clock::time_point end) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent > 0) {
                bytes.remove_prefix(static_cast<std::size_t>(sent));
            } else if (sent < 0 && errno != EAGAIN && errno != EINTR) {
                return false;
            } else if (!ready(POLLOUT, end)) {
                return false;
            }
        }
        return true;
    }

    // Asks the printer how it is. nullopt: silence, or nothing that is an answer.
    std::optional<HostStatus> ask(Clock::time_point end) {
        if (!send(kAsk, end)) return std::nullopt;
        std::string answer;
        char buffer[512];
        while (answer.size() < kAnswerBytesMax && ready(POLLIN, end)) {
            const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
            if (got <= 0) return std::nullopt;
            answer.append(buffer, static_cast<std::size_t>(got));
            if (auto status = host_status_from(answer)) return status;
        }
        return std::nullopt;
    }

    void rest(milliseconds time) const { ::poll(nullptr, 0, static_cast<int>(time.count())); }

  private:
    bool ready(short events, Clock::time_point end) const {
        pollfd entry{socket_, events, 0};
        return ::poll(&entry, 1, static_cast<int>(left_until(end).count())) > 0;
    }
    bool has_error() const {
        int error = 0;
        socklen_t size = sizeof error;
        return ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0;
    }
    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }

    int socket_ = -1;
};

Clock::time_point sooner(Clock::time_point end, milliseconds limit) {
    return std::min(end, Clock::now() + limit);
}

// After the document left: what the printer says of it, as long as there is time.
Verdict watch(Wire& wire, Clock::time_point end) {
    std::string reason = "no_answer";
    while (Clock::now() < end) {
        // First of all the printer has to notice what it got.
        wire.rest(std::min(kAskAgain, left_until(end)));
        const auto status = wire.ask(sooner(end, kAnswerLimit));
        if (status && status->condition != Condition::ok) {
            return unconfirmed(std::string(word(status->condition)));
        }
        if (status && !status->busy) return {Outcome::printed, "", {}};
        reason = status ? "deadline_passed" : "no_answer";
        // Silence while it works is a fault that has just come up.
        if (!status) return unconfirmed(reason);
    }
    return unconfirmed(reason);
}

Verdict print(const Address& address, const Job& job, Clock::time_point end) {
    if (job.format != Format::zpl) return failed("document_refused");
    Wire wire;
    if (!wire.connect(address, sooner(end, kConnectLimit))) return failed("printer_unreachable");
    const auto before = wire.ask(sooner(end, kAnswerLimit));
    if (before && before->condition != Condition::ok) {
        return failed(std::string(word(before->condition)));
    }
    // What an earlier attempt left in the printer would come out beside this one.
    if (job.tried_before && !wire.send(kForget, end)) return failed("printer_unreachable");
    if (!wire.send(job.document, end)) return unconfirmed("connection_lost");
    return watch(wire, end);
}

PrinterState look(const Address& address, Clock::time_point end) {
    Wire wire;
    if (!wire.connect(address, end)) return {Condition::off_line, {"unreachable"}};
    const auto status = wire.ask(end);
    if (!status) return {Condition::fault, {"no-answer"}};
    return {status->condition, {}};
}

class RawSpooler : public Spooler {
  public:
    explicit RawSpooler(Address address)
        : address_(std::make_shared<const Address>(std::move(address))) {}

    Verdict submit(Job job, milliseconds deadline) override {
        const Clock::time_point start = Clock::now();
        const auto verdict = std::make_shared<Verdict>(unconfirmed("deadline_passed"));
        const auto work = [verdict, address = address_, job = std::move(job),
                           end = start + deadline] { *verdict = print(*address, job, end); };
        // A little more than its own limit: it ends by itself unless a name is being looked up.
        const Watchdog::Ended ended = watchdog_.run(work, deadline + kAskAgain);
        Verdict result = ended == Watchdog::Ended::in_time ? *verdict : unconfirmed("no_answer");
        if (ended == Watchdog::Ended::out_of_threads) result = failed("printer_unreachable");
        result.took = std::chrono::duration_cast<milliseconds>(Clock::now() - start);
        return result;
    }

    PrinterState state() override {
        const auto answer = std::make_shared<PrinterState>();
        const Watchdog::Ended ended =
            watchdog_.run([answer, address = address_,
                           end = Clock::now() + kStateLimit] { *answer = look(*address, end); },
                          kStateLimit + kAskAgain);
        if (ended == Watchdog::Ended::in_time) return *answer;
        return {Condition::off_line, {"no-answer"}};
    }

    Capabilities capabilities() const override { return {Format::zpl, 300}; }
    milliseconds verdict_limit() const override { return kVerdictLimit; }

  private:
    std::shared_ptr<const Address> address_;
    Watchdog watchdog_;
};

// The fields of one line between STX and ETX.
std::vector<std::string_view> fields_of(std::string_view line) {
    std::vector<std::string_view> fields;
    while (true) {
        const std::size_t comma = line.find(',');
        fields.push_back(line.substr(0, comma));
        if (comma == std::string_view::npos) return fields;
        line.remove_prefix(comma + 1);
    }
}

bool is_set(std::string_view flag) {
    return flag.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

std::optional<HostStatus> host_status_from(std::string_view answer) {
    std::vector<std::vector<std::string_view>> lines;
    while (lines.size() < 2) {
        const std::size_t start = answer.find('\x02');
        if (start == std::string_view::npos) return std::nullopt;
        const std::size_t end = answer.find('\x03', start);
        if (end == std::string_view::npos) return std::nullopt;
        lines.push_back(fields_of(answer.substr(start + 1, end - start - 1)));
        answer.remove_prefix(end + 1);
    }
    const auto& first = lines[0];
    const auto& second = lines[1];
    if (first.size() < 12 || second.size() < 11) return std::nullopt;
    HostStatus status;
    status.busy = is_set(first[4]) || is_set(second[8]);
    if (is_set(first[2]) || is_set(second[3])) status.condition = Condition::fault;
    if (is_set(first[1])) status.condition = Condition::paper_out;
    if (is_set(second[2])) status.condition = Condition::cover_open;
    return status;
}

std::unique_ptr<Spooler> make_raw_spooler(const std::string& uri) {
    auto address = address_from(uri);
    if (!address) return nullptr;
    return std::make_unique<RawSpooler>(std::move(*address));
}

}  // namespace hall::printers::spooler
