#include "hall-server/net/zap.h"

#include <spdlog/spdlog.h>

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace hall::net {
namespace {

constexpr size_t kCurveKeyBytes = 32;

// version, request id, domain, address, identity, mechanism, then the mechanism's credentials.
struct Question {
    static constexpr size_t kFrames = 7;
    static constexpr size_t kVersion = 0;
    static constexpr size_t kRequestId = 1;
    static constexpr size_t kMechanism = 5;
    static constexpr size_t kKey = 6;
};

std::string z85(const zmq::message_t& key) {
    std::array<char, kCurveKeyBytes* 5 / 4 + 1> text = {};
    zmq_z85_encode(text.data(), key.data<uint8_t>(), key.size());
    return text.data();
}

bool well_formed(const std::vector<zmq::message_t>& frames) {
    return frames.size() == Question::kFrames &&
           frames[Question::kVersion].to_string_view() == "1.0" &&
           frames[Question::kMechanism].to_string_view() == "CURVE" &&
           frames[Question::kKey].size() == kCurveKeyBytes;
}

void answer(zmq::socket_t& socket, std::string_view request_id, std::string_view code,
            std::string_view text, std::string_view user) {
    const std::array<std::string_view, 6> frames = {"1.0", request_id, code, text, user, ""};
    for (size_t i = 0; i < frames.size(); ++i) {
        const bool last = i + 1 == frames.size();
        socket.send(zmq::buffer(frames[i]),
                    last ? zmq::send_flags::none : zmq::send_flags::sndmore);
    }
}

}  // namespace

ZapThread::ZapThread(zmq::context_t& context, const DeviceBook& book)
    : book_(book), socket_(context, zmq::socket_type::rep) {
    socket_.set(zmq::sockopt::linger, 0);
    socket_.bind("inproc://zeromq.zap.01");
    thread_ = std::thread([this] { run(); });
}

ZapThread::~ZapThread() {
    thread_.join();
}

void ZapThread::log_stranger(const std::string& key) {
    if (strangers_.size() >= kStrangersLogged || !strangers_.insert(key).second) return;
    spdlog::warn("refused a device with the unknown key {}", key);
}

bool ZapThread::answer_one() {
    std::vector<zmq::message_t> frames;
    bool more = true;
    while (more) {
        zmq::message_t frame;
        if (!socket_.recv(frame, zmq::recv_flags::none)) return false;
        more = frame.more();
        if (frames.size() <= Question::kFrames) frames.push_back(std::move(frame));
    }
    const std::string request_id =
        frames.size() > Question::kRequestId ? frames[Question::kRequestId].to_string() : "";
    if (!well_formed(frames)) {
        answer(socket_, request_id, "500", "not a CURVE question", "");
        return true;
    }
    const std::string key = z85(frames[Question::kKey]);
    const std::optional<std::string> name = book_.name_of_key(key);
    if (!name) log_stranger(key);
    answer(socket_, request_id, name ? "200" : "400", name ? "OK" : "not enrolled",
           name.value_or(""));
    return true;
}

void ZapThread::run() {
    bool running = true;
    while (running) {
        try {
            running = answer_one();
        } catch (const zmq::error_t& ended) {
            running = ended.num() == EINTR;
            if (ended.num() != EINTR && ended.num() != ETERM) {
                spdlog::critical("authentication ended: {}", ended.what());
            }
        }
    }
    socket_.close();
}

}  // namespace hall::net
