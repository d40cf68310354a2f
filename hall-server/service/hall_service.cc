#include "hall-server/service/hall_service.h"

#include <sodium.h>

#include <map>
#include <utility>

#include "hall-server/service/permissions.h"
#include "hall-server/service/private_words.h"
#include "hall-server/service/reveal.h"
#include "protocol/check.h"

namespace hall::service {

using protocol::Command;
using protocol::RefusalCode;
using protocol::Reply;
using protocol::Request;

namespace {

constexpr uint32_t kProtocolVersion = 1;
constexpr uint32_t kEventVersion = 1;       // of every kind so far
constexpr uint32_t kCheckpointFormat = 2;   // raise when state.proto changes meaning
constexpr int64_t kStorageRetryMs = 1'000;  // between two tries of a deadline on a failing disk
constexpr int kTicksPerTurnMax = 1'000;
constexpr size_t kTokenBytes = 10;  // of chance in a wristband's token
constexpr uint32_t kReplyDays = 2;  // hall days for which a repeat gets its recorded reply

const char* const kServerActor = "server";

core::Actor to_actor(const std::string& text) {
    size_t slash = text.find('/');
    if (slash == std::string::npos) return {text, ""};
    return {text.substr(0, slash), text.substr(slash + 1)};
}

void refuse(Reply& reply, RefusalCode::Value code) {
    reply.clear_result();
    reply.clear_window_ticket();
    reply.mutable_refusal()->set_code(code);
    reply.mutable_refusal()->set_retry(core::retry_helps(code));
}

Error damaged(const std::string& what) {
    return {"log_damaged", what +
                               ". Restore the newest backup, or ask for help: the hall must not "
                               "go on from a history it cannot read."};
}

}  // namespace

struct HallService::State {
    State(store::EventLog& log_in, store::Vault& vault, const Calendar& calendar_in,
          Options options_in)
        : log(log_in), words(vault), calendar(calendar_in), options(options_in) {}

    store::EventLog& log;
    PrivateWords words;
    const Calendar& calendar;
    Options options;
    core::Hall hall;

    // The batch under way: applied to `hall`, not yet on disk.
    store::Batch batch;
    std::vector<protocol::EventRecord> records;
    std::map<std::string, size_t> replies_in_batch;  // command_id -> index in batch.replies

    std::vector<protocol::EventRecord> committed;
    uint64_t checkpoint_seq = 0;
    int64_t pending_clock_step_ms = 0;  // until it is on disk
    bool clock_step_in_batch = false;
    int64_t retry_at_ms = 0;  // the disk refused; deadlines wait until then
    bool storage_down = false;

    tl::expected<void, Error> rebuild();
    void record(const Command& command, const core::Events& events, const core::Actor& actor,
                const std::string& command_id, int64_t now_ms, const std::string& pin_hash = "");
    core::Actor actor_of(const Sender& sender) const;
    std::optional<protocol::Refusal> check_person(const Incoming& incoming,
                                                  const core::Actor& actor) const;
    core::Decision decide_own(const Command& command, int64_t now_ms);
    void plan_ahead(int64_t now_ms);
    void run_deadlines(int64_t now_ms);
    Reply handle(const Incoming& incoming, int64_t now_ms);
    void handle_command(const Incoming& incoming, int64_t now_ms, Reply& reply);
    bool answered_before(const Request& request, const store::Digest& digest, Reply& reply);
    void answer(const Incoming& incoming, int64_t now_ms, Reply& reply);
    void complete_status(Reply& reply) const;
    void complete_report(Reply& reply) const;
    store::Digest body_digest(const Request& request) const;
    bool store_batch();
    bool commit();
    void save_checkpoint();
};

// The hall as the log tells it: the newest checkpoint, then every record after it.
tl::expected<void, Error> HallService::State::rebuild() {
    hall = core::Hall();
    auto checkpoint = log.latest_checkpoint();
    if (!checkpoint) return tl::make_unexpected(checkpoint.error());
    if (*checkpoint && (*checkpoint)->format == kCheckpointFormat) {
        core::state::Hall snapshot;
        if (snapshot.ParseFromString((*checkpoint)->bytes)) {
            hall = core::Hall::restore(snapshot);
            checkpoint_seq = (*checkpoint)->seq;
        }
    }
    std::optional<Error> unreadable;
    protocol::Event event;
    auto read = log.read(hall.seq() + 1, [&](const store::Record& record) {
        if (!event.ParseFromString(record.body) || event.body_case() == 0 ||
            record.version > kEventVersion) {
            unreadable = damaged("Event " + std::to_string(record.seq) +
                                 " was written by a newer version of this program, or is damaged");
            return false;
        }
        hall.apply(event, record.seq, record.at_ms, to_actor(record.actor));
        return true;
    });
    if (!read) return tl::make_unexpected(read.error());
    if (unreadable) return tl::make_unexpected(*unreadable);
    return {};
}

void HallService::State::record(const Command& command, const core::Events& events,
                                const core::Actor& actor, const std::string& command_id,
                                int64_t now_ms, const std::string& pin_hash) {
    // While the hall is as it was decided: what a correction replaces is found there.
    words.collect(hall.vault_work(command, events), hall.plan().day(), pin_hash);
    for (const protocol::Event& event : events) {
        uint64_t seq = hall.seq() + 1;
        hall.apply(event, seq, now_ms, actor);
        store::NewRecord& entry = batch.records.emplace_back();
        entry.at_ms = now_ms;
        entry.actor = core::who_text(actor);
        entry.command_id = command_id;
        entry.kind = static_cast<uint32_t>(event.body_case());
        entry.version = kEventVersion;
        entry.body = event.SerializeAsString();
        protocol::EventRecord& record = records.emplace_back();
        record.set_seq(seq);
        record.set_at_ms(now_ms);
        record.set_actor(entry.actor);
        record.set_command_id(command_id);
        record.set_version(kEventVersion);
        *record.mutable_event() = event;
    }
}

core::Decision HallService::State::decide_own(const Command& command, int64_t now_ms) {
    core::Actor actor{kServerActor, ""};
    core::Decision decision = hall.decide(command, actor, now_ms);
    if (decision) record(command, *decision, actor, "", now_ms);
    return decision;
}

// The days for which appointments are given; an event only when they changed.
void HallService::State::plan_ahead(int64_t now_ms) {
    Command ahead;
    const uint32_t days = hall.rules().slot_ms() > 0 ? hall.rules().days_ahead() : 0;
    for (auto& plan : calendar.plans_after(now_ms, days)) {
        *ahead.mutable_plan_ahead()->add_plans() = std::move(plan);
    }
    ahead.mutable_plan_ahead();
    decide_own(ahead, now_ms);
}

// Everything that is due before anybody is heard: the day, its edges, step-outs, silent agents.
void HallService::State::run_deadlines(int64_t now_ms) {
    if (pending_clock_step_ms != 0) {
        Command step;
        step.mutable_note_clock_step()->set_step_ms(pending_clock_step_ms);
        decide_own(step, now_ms);
        clock_step_in_batch = true;
    }
    if (hall.needs_day_plan(now_ms)) {
        Command plan;
        *plan.mutable_plan_day()->mutable_plan() = calendar.plan_of(now_ms);
        decide_own(plan, now_ms);
        plan_ahead(now_ms);
    }
    Command tick;
    tick.mutable_tick();
    for (int i = 0; i < kTicksPerTurnMax; ++i) {
        auto deadline = hall.next_deadline_ms();
        if (!deadline || *deadline > now_ms) return;
        core::Decision decision = decide_own(tick, now_ms);
        if (!decision || decision->empty()) return;
    }
}

// Keyed, so that nobody can try out what a stored digest's command may have said: a command holds
// the categories of a visitor, which must not be found in any file.
store::Digest HallService::State::body_digest(const Request& request) const {
    std::string body = request.command().SerializeAsString();
    store::Digest digest{};
    crypto_generichash(digest.data(), digest.size(),
                       reinterpret_cast<const unsigned char*>(body.data()), body.size(),
                       options.reply_key.data(), options.reply_key.size());
    return digest;
}

// Fills `reply` when the command was answered in this batch or since yesterday.
bool HallService::State::answered_before(const Request& request, const store::Digest& digest,
                                         Reply& reply) {
    const std::string& id = request.command_id();
    store::StoredReply stored;
    auto here = replies_in_batch.find(id);
    if (here != replies_in_batch.end()) {
        stored = batch.replies[here->second];
    } else {
        auto found = log.find_reply(id);
        if (!found) {
            refuse(reply, RefusalCode::storage_unavailable);
            return true;
        }
        if (!*found) return false;
        stored = std::move(**found);
    }
    if (stored.body_digest != digest) {
        refuse(reply, RefusalCode::command_id_reused);
        return true;
    }
    HALL_CHECK(reply.ParseFromString(stored.reply));
    reply.set_repeated(true);
    return true;
}

// Whose PIN came with the command, else who signed on at the console. An admin's device is nobody's
// desk: without a PIN it acts as itself, whoever signed on through it.
core::Actor HallService::State::actor_of(const Sender& sender) const {
    if (!sender.person.empty()) return {sender.device, sender.person};
    if (sender.role == protocol::Role::admin) return {sender.device, ""};
    return {sender.device, hall.signed_on_at(sender.device)};
}

std::optional<protocol::Refusal> HallService::State::check_person(const Incoming& incoming,
                                                                  const core::Actor& actor) const {
    const Command& command = incoming.request.command();
    auto refused = [](RefusalCode::Value code, const char* field) {
        protocol::Refusal refusal;
        refusal.set_code(code);
        refusal.set_field(field);
        return refusal;
    };
    if (command.has_sign_on() && incoming.sender.person.empty()) {
        return refused(RefusalCode::sign_on_needed, "staff");
    }
    if (command.has_set_pin() && incoming.new_pin_hash.empty()) {
        return refused(RefusalCode::pin_invalid, "new_pin");
    }
    const auto staff = hall.staff(actor.person);
    return staff ? check_rank(staff->rank(), command) : std::nullopt;
}

void HallService::State::handle_command(const Incoming& incoming, int64_t now_ms, Reply& reply) {
    const Request& request = incoming.request;
    store::Digest digest = body_digest(request);
    if (answered_before(request, digest, reply)) return;
    const core::Actor actor = actor_of(incoming.sender);
    if (auto refusal = check_person(incoming, actor)) {
        *reply.mutable_refusal() = std::move(*refusal);
        reply.set_seq(hall.seq());
        return;
    }
    Command command = request.command();
    if (command.has_print_wristband()) {
        // After the digest, which is of what the sender sent.
        std::string randomness(kTokenBytes, '\0');
        randombytes_buf(randomness.data(), randomness.size());
        command.mutable_print_wristband()->set_randomness(std::move(randomness));
    }
    core::Decision decision = hall.decide(command, actor, now_ms);
    if (!decision) {
        // Refusals are not recorded: they are decided anew, as trying again may help.
        *reply.mutable_refusal() = decision.error();
        reply.set_seq(hall.seq());
        return;
    }
    record(command, *decision, actor, request.command_id(), now_ms, incoming.new_pin_hash);
    hall.describe(command, *decision, now_ms, reply);
    complete_status(reply);
    reply.set_seq(hall.seq());
    if (decision->empty()) return;
    replies_in_batch.emplace(request.command_id(), batch.replies.size());
    batch.replies.push_back(
        {request.command_id(), digest, hall.plan().day(), reply.SerializeAsString()});
}

void HallService::State::answer(const Incoming& incoming, int64_t now_ms, Reply& reply) {
    const Request& request = incoming.request;
    reply.set_seq(hall.seq());
    if (request.query().has_log_digest()) {
        std::string snapshot = hall.snapshot().SerializeAsString();
        store::Digest digest{};
        crypto_generichash(digest.data(), digest.size(),
                           reinterpret_cast<const unsigned char*>(snapshot.data()), snapshot.size(),
                           nullptr, 0);
        reply.mutable_log()->set_records(hall.seq());
        reply.mutable_log()->set_digest(store::to_hex(digest));
        return;
    }
    hall.answer(request.query(), now_ms, reply);
    complete_status(reply);
    if (reply.has_staff_list()) reply.mutable_staff_list()->set_device(incoming.sender.device);
}

// What a status says about the server rather than the hall.
void HallService::State::complete_status(Reply& reply) const {
    if (!reply.has_status()) return;
    reply.mutable_status()->set_protocol_version(kProtocolVersion);
    reply.mutable_status()->set_server_version(HALL_VERSION);
    reply.mutable_status()->set_secure(options.secure);
    if (storage_down) reply.mutable_status()->add_degraded("storage_unavailable");
    for (const std::string& trouble : words.troubles()) {
        reply.mutable_status()->add_degraded(trouble);
    }
}

// After the commit: what the report tells is on disk below this head.
void HallService::State::complete_report(Reply& reply) const {
    if (!reply.has_report()) return;
    reply.mutable_report()->set_head(store::to_hex(log.head().chain));
}

Reply HallService::State::handle(const Incoming& incoming, int64_t now_ms) {
    const Request& request = incoming.request;
    Reply reply;
    reply.set_command_id(request.command_id());
    reply.set_server_time_ms(now_ms);
    if (request.kind_case() == Request::KIND_NOT_SET) {
        refuse(reply, RefusalCode::malformed_request);
    } else if (auto refusal =
                   check_permission(incoming.sender.role, incoming.sender.window, request)) {
        *reply.mutable_refusal() = *refusal;
    } else if (request.has_query()) {
        answer(incoming, now_ms, reply);
    } else if (request.command_id().empty()) {
        refuse(reply, RefusalCode::command_id_missing);
    } else {
        handle_command(incoming, now_ms, reply);
    }
    return reply;
}

// The vault first: an event never stands for words that are not there. Then the log, which decides:
// what the vault erases or destroys for good happens only when the log has said so.
bool HallService::State::store_batch() {
    if (!words.prepare(hall.seq())) {
        words.drop();
    } else if (const auto last = log.append(batch)) {
        HALL_CHECK(*last == hall.seq());
        words.stored(hall.seq());
        return true;
    } else {
        // A log that cannot even be read back ends the process; its supervisor starts it again.
        HALL_CHECK(rebuild().has_value());
        words.refused(hall.seq(), hall.next_record());
        return false;
    }
    HALL_CHECK(rebuild().has_value());
    return false;
}

// One transaction each. When the disk says no, nothing of the batch has happened.
bool HallService::State::commit() {
    committed.clear();
    if (batch.records.empty()) return true;
    uint32_t old_day = hall.plan().day();
    const bool stored = store_batch();
    if (stored) committed = std::move(records);
    for (const protocol::EventRecord& record : committed) {
        if (!record.event().has_day_planned() || old_day < kReplyDays) continue;
        // Failing to forget is no reason to stop: it is tried again tomorrow.
        (void)log.drop_replies_before(old_day + 1 - kReplyDays);
    }
    if (stored && clock_step_in_batch) pending_clock_step_ms = 0;
    clock_step_in_batch = false;
    storage_down = !stored;
    batch = {};
    records.clear();
    replies_in_batch.clear();
    return stored;
}

void HallService::State::save_checkpoint() {
    if (hall.seq() == checkpoint_seq) return;
    if (log.save_checkpoint(hall.seq(), kCheckpointFormat, hall.snapshot().SerializeAsString())) {
        checkpoint_seq = hall.seq();
    }
}

HallService::HallService(std::unique_ptr<State> state) : state_(std::move(state)) {}
HallService::~HallService() = default;

tl::expected<std::unique_ptr<HallService>, Error> HallService::start(
    store::EventLog& log, store::Vault& vault, const Calendar& calendar,
    const protocol::HallRules& rules, int64_t now_ms, Options options) {
    HALL_CHECK(sodium_init() >= 0);
    auto state = std::make_unique<State>(log, vault, calendar, options);
    if (auto built = state->rebuild(); !built) return tl::make_unexpected(built.error());
    const core::state::Hall known = state->hall.snapshot();
    const std::vector<core::state::VaultDay> days(known.vault_days().begin(),
                                                  known.vault_days().end());
    const auto swept = state->words.start(known.seq(), state->hall.next_record(), days);
    if (!swept) return tl::make_unexpected(swept.error());
    now_ms = std::max(now_ms, state->hall.last_at_ms());
    if (state->hall.rules().SerializeAsString() != rules.SerializeAsString()) {
        Command install;
        *install.mutable_install_rules()->mutable_rules() = rules;
        core::Decision decision = state->decide_own(install, now_ms);
        if (!decision) {
            return tl::make_unexpected(
                Error{RefusalCode::Value_Name(decision.error().code()),
                      "The hall file no longer has what ticket " + decision.error().number() +
                          " needs (" + decision.error().field() +
                          "). Start with the former hall file, and change it after closing."});
        }
    }
    // The hours may have changed since the plan of today was made.
    if (!state->hall.needs_day_plan(now_ms)) {
        Command plan;
        *plan.mutable_plan_day()->mutable_plan() = calendar.plan_of(now_ms);
        if (plan.plan_day().plan().SerializeAsString() != state->hall.plan().SerializeAsString()) {
            state->decide_own(plan, now_ms);
        }
        state->plan_ahead(now_ms);
    }
    if (!state->commit()) {
        return tl::make_unexpected(Error{
            "storage_unavailable",
            "The log cannot be written: the disk is full or read-only. Free space, then start."});
    }
    return std::unique_ptr<HallService>(new HallService(std::move(state)));
}

std::vector<Reply> HallService::turn(const std::vector<Incoming>& batch, int64_t now_ms) {
    State& state = *state_;
    now_ms = std::max(now_ms, state.hall.last_at_ms());
    if (now_ms >= state.retry_at_ms) state.run_deadlines(now_ms);
    std::vector<Reply> replies;
    replies.reserve(batch.size());
    for (const Incoming& incoming : batch) replies.push_back(state.handle(incoming, now_ms));
    bool idle = batch.empty() && state.batch.records.empty();
    if (!state.commit()) {
        state.retry_at_ms = now_ms + kStorageRetryMs;
        for (size_t i = 0; i < batch.size(); ++i) {
            // Every command, refused ones too: their reasons may have been rolled back with the
            // rest.
            if (batch[i].request.has_command()) {
                refuse(replies[i], RefusalCode::storage_unavailable);
                replies[i].set_seq(state.hall.seq());
                replies[i].set_repeated(false);
            } else {
                replies[i] = state.handle(batch[i], now_ms);
            }
        }
    }
    Reveal reveal(state.hall, state.words);
    for (size_t i = 0; i < batch.size(); ++i) {
        state.complete_report(replies[i]);
        reveal.reply(batch[i].request, replies[i]);
    }
    if (state.hall.seq() >= state.checkpoint_seq + state.options.checkpoint_every) {
        state.save_checkpoint();
    }
    // A disk that cannot tidy up says so when it is asked to append.
    if (idle) {
        (void)state.log.tidy();
        state.words.tidy();
    }
    return replies;
}

int64_t HallService::next_deadline_ms() const {
    auto deadline = state_->hall.next_deadline_ms();
    return std::max(deadline.value_or(0), state_->retry_at_ms);
}

uint64_t HallService::seq() const {
    return state_->hall.seq();
}

std::optional<protocol::BoardView> HallService::board_view(const std::string& zone,
                                                           int64_t now_ms) const {
    return state_->hall.board_view(zone, now_ms);
}
// With the names that the vault has; boards have none.
template <class View>
View HallService::revealed(View view) const {
    Reveal(state_->hall, state_->words).view(view);
    return view;
}

protocol::GuideView HallService::guide_view(int64_t now_ms) const {
    return revealed(state_->hall.guide_view(now_ms));
}
std::optional<protocol::ClerkView> HallService::clerk_view(uint32_t window, int64_t now_ms) const {
    auto view = state_->hall.clerk_view(window, now_ms);
    if (view) Reveal(state_->hall, state_->words).view(*view);
    return view;
}
protocol::CareView HallService::care_view(int64_t now_ms) const {
    return revealed(state_->hall.care_view(now_ms));
}
protocol::CasesView HallService::cases_view(int64_t now_ms) const {
    return revealed(state_->hall.cases_view(now_ms));
}
protocol::SupervisorView HallService::supervisor_view(int64_t now_ms) const {
    return revealed(state_->hall.supervisor_view(now_ms));
}
protocol::PrinterView HallService::printer_view(int64_t now_ms) const {
    // It says what waits; who it is for is told with the claim.
    return state_->hall.printer_view(now_ms);
}
std::vector<std::string> HallService::zones() const {
    return state_->hall.zones();
}
std::vector<uint32_t> HallService::windows() const {
    return state_->hall.windows();
}

const std::vector<protocol::EventRecord>& HallService::committed() const {
    return state_->committed;
}

std::vector<protocol::Device> HallService::devices() const {
    return state_->hall.devices();
}
uint64_t HallService::devices_version() const {
    return state_->hall.devices_version();
}

PinOnRecord HallService::pin_of(const std::string& staff) const {
    const auto found = state_->hall.staff(staff);
    if (!found) return {};
    const auto record = state_->words.open(found->pin_record());
    return {true, record == nullptr ? "" : record->words.pin_hash()};
}

const protocol::HallRules& HallService::rules() const {
    return state_->hall.rules();
}

int64_t HallService::last_at_ms() const {
    return state_->hall.last_at_ms();
}

void HallService::note_clock_step(int64_t step_ms) {
    state_->pending_clock_step_ms = step_ms;
}

void HallService::checkpoint() {
    state_->save_checkpoint();
}

}  // namespace hall::service
