#include "hall-server/store/memory_event_log.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hall-server/store/chain.h"
#include "protocol/check.h"

namespace hall::store {

struct StoredCheckpoint {
    uint32_t format = 0;
    Digest digest{};
    std::string bytes;
};

struct MemoryDisk::State {
    std::mutex mutex;  // guards all below
    std::vector<Record> records;
    std::unordered_map<std::string, StoredReply> replies;
    std::map<uint64_t, StoredCheckpoint> checkpoints;
    bool in_use = false;
    bool power_is_cut = false;
    std::optional<Error> next_append_error;
    std::optional<PowerCut> next_power_cut;

    Head head() const {
        return records.empty() ? Head{0, genesis_chain()}
                               : Head{records.size(), records.back().chain};
    }
    Digest chain_at(uint64_t seq) const {
        return seq == 0 ? genesis_chain() : records[seq - 1].chain;
    }
};

namespace {

using State = MemoryDisk::State;

constexpr size_t kCopyStretch = 1000;  // records copied at a time, so that a visitor blocks nobody

Error power_cut_error() {
    return {"power_cut", "the simulated power is cut; open the log anew"};
}

std::vector<Record> copy_stretch(State& state, uint64_t from_seq) {
    const std::lock_guard guard(state.mutex);
    const size_t first = std::min<size_t>(from_seq - 1, state.records.size());
    const size_t last = std::min(first + kCopyStretch, state.records.size());
    return {state.records.begin() + static_cast<std::ptrdiff_t>(first),
            state.records.begin() + static_cast<std::ptrdiff_t>(last)};
}

tl::expected<void, Damage> walk(State& state, uint64_t from_seq, const RecordVisitor& visit) {
    Head before{0, genesis_chain()};
    if (from_seq > 1) {
        const std::lock_guard guard(state.mutex);
        if (from_seq > state.records.size()) return {};
        before = Head{from_seq - 1, state.chain_at(from_seq - 1)};
    }
    ChainWalk chain(before);
    for (;;) {
        const std::vector<Record> records = copy_stretch(state, chain.last().seq + 1);
        for (const Record& record : records) {
            if (auto damage = chain.step(record)) return tl::unexpected(std::move(*damage));
            if (!visit(record)) return {};
        }
        if (records.size() < kCopyStretch) return {};
    }
}

tl::expected<void, Error> read_records(State& state, uint64_t from_seq,
                                       const RecordVisitor& visit) {
    return walk(state, std::max<uint64_t>(from_seq, 1), visit).map_error([](const Damage& damage) {
        return Error{"log_damaged",
                     "record " + std::to_string(damage.seq) + " in memory: " + damage.what};
    });
}

tl::expected<Verified, Damage> verify_records(State& state, const std::optional<Digest>& expected) {
    HeadSearch search(expected);
    const auto walked = walk(state, 1, [&](const Record& record) {
        search.see(record);
        return true;
    });
    if (!walked) return tl::unexpected(walked.error());
    return search.result();
}

class MemoryLogReader : public LogReader {
  public:
    explicit MemoryLogReader(std::shared_ptr<MemoryDisk> disk) : disk_(std::move(disk)) {}

    tl::expected<void, Error> read(uint64_t from_seq, const RecordVisitor& visit) override {
        return read_records(disk_->state(), from_seq, visit);
    }
    tl::expected<Head, Error> head() override {
        const std::lock_guard guard(disk_->state().mutex);
        return disk_->state().head();
    }
    tl::expected<Verified, Damage> verify(const std::optional<Digest>& expected_head) override {
        return verify_records(disk_->state(), expected_head);
    }

  private:
    std::shared_ptr<MemoryDisk> disk_;
};

class MemoryEventLog : public EventLog {
  public:
    explicit MemoryEventLog(std::shared_ptr<MemoryDisk> disk)
        : disk_(std::move(disk)), state_(disk_->state()), head_(state_.head()) {}
    ~MemoryEventLog() override {
        const std::lock_guard guard(state_.mutex);
        state_.in_use = false;
    }

    tl::expected<uint64_t, Error> append(const Batch& batch) override;
    tl::expected<void, Error> read(uint64_t from_seq, const RecordVisitor& visit) override {
        if (power_is_cut()) return tl::unexpected(power_cut_error());
        return read_records(state_, from_seq, visit);
    }
    Head head() const override { return head_; }
    tl::expected<std::optional<StoredReply>, Error> find_reply(
        std::string_view command_id) override;
    tl::expected<void, Error> drop_replies_before(uint32_t hall_day) override;
    tl::expected<void, Error> save_checkpoint(uint64_t seq, uint32_t format,
                                              std::string_view bytes) override;
    tl::expected<std::optional<Checkpoint>, Error> latest_checkpoint() override;
    tl::expected<void, Error> tidy() override { return {}; }
    tl::expected<Verified, Damage> verify(const std::optional<Digest>& expected_head) override {
        return verify_records(state_, expected_head);
    }
    tl::expected<std::unique_ptr<LogReader>, Error> reader() override {
        return std::make_unique<MemoryLogReader>(disk_);
    }

  private:
    bool power_is_cut() {
        const std::lock_guard guard(state_.mutex);
        return state_.power_is_cut;
    }
    void store(const Batch& batch);  // REQUIRES: the lock is held

    std::shared_ptr<MemoryDisk> disk_;
    State& state_;
    Head head_;
};

tl::expected<uint64_t, Error> MemoryEventLog::append(const Batch& batch) {
    check_batch(batch);
    const std::lock_guard guard(state_.mutex);
    if (state_.power_is_cut) return tl::unexpected(power_cut_error());
    if (batch.records.empty() && batch.replies.empty()) return head_.seq;
    if (state_.replies.size() + batch.replies.size() > kMaxReplies) {
        return tl::unexpected(Error{"replies_full", "drop the replies of past days"});
    }
    for (const StoredReply& reply : batch.replies) {
        HALL_CHECK(!state_.replies.contains(reply.command_id));
    }
    if (auto error = std::exchange(state_.next_append_error, std::nullopt)) {
        return tl::unexpected(std::move(*error));
    }
    const auto power_cut = std::exchange(state_.next_power_cut, std::nullopt);
    if (power_cut != PowerCut::kBeforeSync) store(batch);
    if (power_cut) {
        state_.power_is_cut = true;
        return tl::unexpected(power_cut_error());
    }
    head_ = state_.head();
    return head_.seq;
}

void MemoryEventLog::store(const Batch& batch) {
    for (const NewRecord& fresh : batch.records) {
        const Head end = state_.head();
        Record record;
        static_cast<NewRecord&>(record) = fresh;
        record.seq = end.seq + 1;
        record.chain = chain_after(end.chain, record.seq, fresh);
        state_.records.push_back(std::move(record));
    }
    for (const StoredReply& reply : batch.replies) {
        state_.replies.emplace(reply.command_id, reply);
    }
}

tl::expected<std::optional<StoredReply>, Error> MemoryEventLog::find_reply(
    std::string_view command_id) {
    const std::lock_guard guard(state_.mutex);
    if (state_.power_is_cut) return tl::unexpected(power_cut_error());
    const auto found = state_.replies.find(std::string(command_id));
    if (found == state_.replies.end()) return std::nullopt;
    return found->second;
}

tl::expected<void, Error> MemoryEventLog::drop_replies_before(uint32_t hall_day) {
    const std::lock_guard guard(state_.mutex);
    if (state_.power_is_cut) return tl::unexpected(power_cut_error());
    std::erase_if(state_.replies,
                  [&](const auto& entry) { return entry.second.hall_day < hall_day; });
    return {};
}

tl::expected<void, Error> MemoryEventLog::save_checkpoint(uint64_t seq, uint32_t format,
                                                          std::string_view bytes) {
    HALL_CHECK(seq <= head_.seq);
    HALL_CHECK(bytes.size() <= kMaxCheckpointBytes);
    const std::lock_guard guard(state_.mutex);
    if (state_.power_is_cut) return tl::unexpected(power_cut_error());
    auto& checkpoints = state_.checkpoints;
    const Digest digest = checkpoint_digest(state_.chain_at(seq), seq, format, bytes);
    checkpoints[seq] = StoredCheckpoint{format, digest, std::string(bytes)};
    checkpoints.erase(checkpoints.upper_bound(head_.seq), checkpoints.end());
    while (checkpoints.size() > 2) checkpoints.erase(checkpoints.begin());
    return {};
}

tl::expected<std::optional<Checkpoint>, Error> MemoryEventLog::latest_checkpoint() {
    const std::lock_guard guard(state_.mutex);
    if (state_.power_is_cut) return tl::unexpected(power_cut_error());
    for (auto it = state_.checkpoints.rbegin(); it != state_.checkpoints.rend(); ++it) {
        const auto& [seq, stored] = *it;
        if (seq <= state_.records.size() &&
            stored.digest ==
                checkpoint_digest(state_.chain_at(seq), seq, stored.format, stored.bytes)) {
            return Checkpoint{seq, stored.format, stored.bytes};
        }
    }
    return std::nullopt;
}

}  // namespace

MemoryDisk::MemoryDisk() : state_(std::make_unique<State>()) {}
MemoryDisk::~MemoryDisk() = default;

void MemoryDisk::fail_next_append(Error error) {
    const std::lock_guard guard(state_->mutex);
    state_->next_append_error = std::move(error);
}

void MemoryDisk::cut_power_in_next_append(PowerCut when) {
    const std::lock_guard guard(state_->mutex);
    state_->next_power_cut = when;
}

void MemoryDisk::tamper(uint64_t seq, const std::function<void(Record&)>& change) {
    const std::lock_guard guard(state_->mutex);
    HALL_CHECK(seq >= 1 && seq <= state_->records.size());
    change(state_->records[seq - 1]);
}

void MemoryDisk::cut_tail_after(uint64_t seq) {
    const std::lock_guard guard(state_->mutex);
    HALL_CHECK(seq <= state_->records.size());
    state_->records.resize(seq);
}

void MemoryDisk::damage_newest_checkpoint() {
    const std::lock_guard guard(state_->mutex);
    if (!state_->checkpoints.empty()) state_->checkpoints.rbegin()->second.bytes += '\1';
}

tl::expected<std::unique_ptr<EventLog>, Error> open_memory_log(std::shared_ptr<MemoryDisk> disk) {
    uint64_t last = 0;
    {
        State& state = disk->state();
        const std::lock_guard guard(state.mutex);
        if (state.in_use) {
            return tl::unexpected(Error{"data_in_use", "another log is open on this disk"});
        }
        state.in_use = true;
        state.power_is_cut = false;
        last = state.records.size();
    }
    auto log = std::make_unique<MemoryEventLog>(std::move(disk));
    if (const auto good = log->read(last, [](const Record&) { return true; }); !good) {
        return tl::unexpected(good.error());
    }
    return log;
}

}  // namespace hall::store
