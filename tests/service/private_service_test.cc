// Names on their way through the service: sealed before the log commits, shown masked, found by
// what was typed, in no event, reply or checkpoint that is stored. What a command stands for is the
// core's.
#include "tests/service/service_fixture.h"

namespace hall::service {
namespace {

using protocol::VaultKind;

Command add_check_in(const std::string& name, const std::string& phone = "13978886666") {
    Command command;
    auto* check_in = command.mutable_add_check_in();
    check_in->mutable_person()->set_name(name);
    check_in->mutable_person()->set_phone(phone);
    check_in->set_reason(protocol::CheckInReason::no_smartphone);
    check_in->set_filled_by(protocol::FilledBy::guide);
    check_in->set_read_back(true);
    return command;
}

Command add_staff(const std::string& number, const std::string& name,
                  protocol::StaffRank::Value rank) {
    Command command;
    command.mutable_add_staff()->set_staff(number);
    command.mutable_add_staff()->set_name(name);
    command.mutable_add_staff()->set_rank(rank);
    return command;
}

Command set_pin(const std::string& number) {
    Command command;
    command.mutable_set_pin()->set_staff(number);
    return command;
}

protocol::Query check_ins_named(const std::string& name) {
    protocol::Query query;
    query.mutable_check_in_list()->set_name(name);
    return query;
}

template <class Place>
class PrivateServiceTest : public testing::Test {
  protected:
    // A hall whose check-ins are kept for 30 days.
    PrivateServiceTest() {
        hall_.stop();
        for (const auto kind : {VaultKind::check_in, VaultKind::case_file}) {
            auto* retention = hall_.rules.add_retention();
            retention->set_kind(kind);
            retention->set_days(30);
        }
        hall_.rules.set_entry_check(protocol::EntryCheck::basic);
        hall_.start();
        hall_.turn({});
    }
    Reply ask_for(const protocol::Query& query) { return hall_.turn({ask(query)}).front(); }
    Reply send_as(const std::string& id, const Command& command, const std::string& person,
                  const std::string& new_pin_hash = "") {
        Incoming incoming = from(id, command);
        incoming.sender.person = person;
        incoming.new_pin_hash = new_pin_hash;
        return hall_.turn({incoming}).front();
    }
    std::string everything_logged() {
        std::string bytes;
        EXPECT_TRUE(hall_.log->read(1, [&](const store::Record& record) {
            bytes += record.actor + record.command_id + record.body;
            return true;
        }));
        bytes += hall_.log->latest_checkpoint().value().value_or(store::Checkpoint{}).bytes;
        return bytes;
    }

    ServiceOn<Place> hall_;
};

using Places = testing::Types<store::MemoryPlace, store::SqlitePlace>;
class PlaceNames {
  public:
    template <class Place>
    static std::string GetName(int) {
        return std::is_same_v<Place, store::SqlitePlace> ? "Sqlite" : "Memory";
    }
};
TYPED_TEST_SUITE(PrivateServiceTest, Places, PlaceNames);

TYPED_TEST(PrivateServiceTest, ACheckInIsAnsweredMaskedAndFoundByWhatItSays) {
    auto& hall = this->hall_;
    const Reply reply = hall.send("check-in-1", add_check_in("𠮷田·明"));
    ASSERT_TRUE(reply.has_check_in()) << reply.ShortDebugString();
    EXPECT_EQ(reply.check_in().masked_name(), "𠮷**明");
    EXPECT_TRUE(reply.check_in().has_phone());
    EXPECT_FALSE(reply.check_in().has_identity());
    hall.send("check-in-2", add_check_in("王小明", "13800001111"));
    for (const char* wanted : {"𠮷田・明", "田", "139 7888 6666", "6666"}) {
        const Reply found = this->ask_for(check_ins_named(wanted));
        ASSERT_EQ(found.check_ins().check_ins_size(), 1) << wanted;
        EXPECT_EQ(found.check_ins().check_ins(0).masked_name(), "𠮷**明");
    }
    EXPECT_EQ(this->ask_for(check_ins_named("")).check_ins().check_ins_size(), 2);
    EXPECT_EQ(this->ask_for(check_ins_named("赵")).check_ins().check_ins_size(), 0);
    EXPECT_EQ(hall.service->guide_view(hall.now_ms).check_ins(0).masked_name(), "王*明");
}

TYPED_TEST(PrivateServiceTest, AnIdentityNumberIsFoundByItsOtherForm) {
    auto& hall = this->hall_;
    Command with_short = add_check_in("王小明");
    with_short.mutable_add_check_in()->mutable_person()->set_identity("110105491231002");
    ASSERT_TRUE(hall.send("check-in-1", with_short).has_check_in());
    Command with_long = add_check_in("李大明");
    with_long.mutable_add_check_in()->mutable_person()->set_identity("45010319600229001X");
    ASSERT_TRUE(hall.send("check-in-2", with_long).has_check_in());
    for (const char* wanted : {"110105491231002", "11010519491231002X", "002x"}) {
        const Reply found = this->ask_for(check_ins_named(wanted));
        ASSERT_EQ(found.check_ins().check_ins_size(), 1) << wanted;
        EXPECT_EQ(found.check_ins().check_ins(0).masked_name(), "王*明") << wanted;
    }
    for (const char* wanted : {"450103600229001", "45010319600229001X"}) {
        const Reply found = this->ask_for(check_ins_named(wanted));
        ASSERT_EQ(found.check_ins().check_ins_size(), 1) << wanted;
        EXPECT_EQ(found.check_ins().check_ins(0).masked_name(), "李*明") << wanted;
    }
}

TYPED_TEST(PrivateServiceTest, ARepeatIsAnsweredWithTheSameNameAndStoredWithoutIt) {
    auto& hall = this->hall_;
    hall.send("check-in-1", add_check_in("王小明"));
    const Reply repeated = hall.send("check-in-1", add_check_in("王小明"));
    EXPECT_TRUE(repeated.repeated());
    EXPECT_EQ(repeated.check_in().masked_name(), "王*明");
    const auto stored = hall.log->find_reply("check-in-1").value();
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->reply.find("王"), std::string::npos);
}

TYPED_TEST(PrivateServiceTest, NothingOfAPersonIsInTheLog) {
    auto& hall = this->hall_;
    hall.send("check-in-1", add_check_in("王小明", "13978886666"));
    this->send_as("staff-1", add_staff("S1", "韦老师", protocol::StaffRank::supervisor), "");
    hall.service->checkpoint();
    const std::string logged = this->everything_logged();
    EXPECT_FALSE(logged.empty());
    for (const char* word : {"王", "13978886666", "韦"}) {
        EXPECT_EQ(logged.find(word), std::string::npos) << word;
    }
}

TYPED_TEST(PrivateServiceTest, UnmaskingGivesThePersonAndIsAnEvent) {
    auto& hall = this->hall_;
    const Reply added = hall.send("check-in-1", add_check_in("王小明"));
    Command unmask;
    unmask.mutable_unmask()->set_check_in(added.check_in().id());
    unmask.mutable_unmask()->set_purpose(static_cast<protocol::UnmaskPurpose::Value>(1));
    const Reply reply = hall.send("unmask-1", unmask);
    ASSERT_TRUE(reply.has_person()) << reply.ShortDebugString();
    EXPECT_EQ(reply.person().name(), "王小明");
    EXPECT_EQ(reply.person().phone(), "13978886666");
    ASSERT_FALSE(hall.service->committed().empty());
    EXPECT_TRUE(hall.service->committed().front().event().has_person_unmasked());
    EXPECT_EQ(hall.log->find_reply("unmask-1").value()->reply.find("王"), std::string::npos);
}

// Everybody else who sees the job, other printers among them, sees the name masked or not at all.
TYPED_TEST(PrivateServiceTest, AFormsNameIsWholeForThePrinterThatClaimsItAlone) {
    auto& hall = this->hall_;
    Command open;
    open.mutable_open_case()->set_service("pension");
    open.mutable_open_case()->mutable_person()->set_name("王小明");
    const Reply opened = hall.send("open-1", open);
    ASSERT_TRUE(opened.has_case_file()) << opened.ShortDebugString();
    Command print;
    print.mutable_print_case_paper()->set_case_id(opened.case_file().id());
    print.mutable_print_case_paper()->set_paper(protocol::Paper::form);
    const Reply asked = hall.send("print-1", print);
    ASSERT_FALSE(asked.has_refusal()) << asked.ShortDebugString();

    const auto view = hall.service->printer_view(hall.now_ms);
    ASSERT_EQ(view.jobs_size(), 1);
    EXPECT_EQ(view.ShortDebugString().find("\\347\\216\\213"), std::string::npos) << "王";
    const uint64_t job = view.jobs(0).job();
    protocol::Query query;
    query.mutable_print_list();
    Incoming listed = ask(query);
    listed.sender.role = protocol::Role::printer;
    EXPECT_EQ(hall.turn({listed}).front().print_jobs().print_jobs(0).surname_first(), "王*明");
    Incoming claimed = from("claim-1", core::claim(job));
    claimed.sender.role = protocol::Role::printer;
    const Reply claim = hall.turn({claimed}).front();
    EXPECT_EQ(claim.print_job().surname_first(), "王小明") << claim.ShortDebugString();
}

// A form has lines for them, and nobody but its printer sees them.
TYPED_TEST(PrivateServiceTest, AFormsNumbersAreInTheReplyToItsClaimAlone) {
    auto& hall = this->hall_;
    Command open;
    auto* body = open.mutable_open_case();
    body->set_service("pension");
    body->mutable_person()->set_name("王小明");
    body->mutable_person()->set_identity("11010519491231002X");
    body->mutable_person()->set_phone("13978886666");
    body->mutable_person()->set_family_phone("13800001111");
    body->mutable_person()->set_family_consent(true);
    body->set_proxy(protocol::Proxy::free);
    body->set_relation("外甥女");
    const Reply opened = hall.send("open-1", open);
    ASSERT_TRUE(opened.has_case_file()) << opened.ShortDebugString();
    Command print;
    print.mutable_print_case_paper()->set_case_id(opened.case_file().id());
    print.mutable_print_case_paper()->set_paper(protocol::Paper::form);
    hall.send("print-1", print);
    const uint64_t job = hall.service->printer_view(hall.now_ms).jobs(0).job();
    Incoming claimed = from("claim-1", core::claim(job));
    claimed.sender.role = protocol::Role::printer;
    const Reply claim = hall.turn({claimed}).front();
    EXPECT_EQ(claim.print_job().person().identity(), "11010519491231002X");
    EXPECT_EQ(claim.print_job().person().phone(), "13978886666");
    EXPECT_EQ(claim.print_job().case_file().relation(), "外甥女");
    // No line of the form asks for it.
    EXPECT_EQ(claim.print_job().person().family_phone(), "");
    protocol::Query query;
    query.mutable_print_list();
    hall.service->checkpoint();
    for (const std::string& elsewhere :
         {hall.service->printer_view(hall.now_ms).SerializeAsString(),
          hall.service->guide_view(hall.now_ms).SerializeAsString(),
          this->ask_for(query).SerializeAsString(), this->everything_logged(),
          hall.log->find_reply("claim-1").value()->reply}) {
        for (const char* word : {"11010519491231002X", "13978886666", "外甥女"}) {
            EXPECT_EQ(elsewhere.find(word), std::string::npos) << word;
        }
    }
}

TYPED_TEST(PrivateServiceTest, AVaultThatRefusesRefusesTheBatchAndTheLogHasNothing) {
    auto& hall = this->hall_;
    const uint64_t before = hall.service->seq();
    hall.vault->failing = true;
    const auto replies = hall.turn(
        {from("check-in-1", add_check_in("王小明")), from("issue-1", core::issue("pension"))});
    for (const Reply& reply : replies) {
        EXPECT_EQ(reply.refusal().code(), RefusalCode::storage_unavailable);
        EXPECT_TRUE(reply.refusal().retry());
    }
    EXPECT_EQ(hall.service->seq(), before);
    EXPECT_EQ(hall.log->head().seq, before);
    // What needs no vault goes on.
    EXPECT_TRUE(hall.send("issue-2", core::issue("pension")).has_ticket());
    hall.vault->failing = false;
    EXPECT_EQ(hall.send("check-in-1", add_check_in("王小明")).check_in().masked_name(), "王*明");
}

TYPED_TEST(PrivateServiceTest, ALogThatRefusesLeavesTheVaultAsItWas) {
    auto& hall = this->hall_;
    hall.log->failing = true;
    EXPECT_EQ(hall.send("check-in-1", add_check_in("王小明")).refusal().code(),
              RefusalCode::storage_unavailable);
    hall.log->failing = false;
    EXPECT_FALSE(hall.vault->read(1).value());
    const Reply reply = hall.send("check-in-1", add_check_in("王小明"));
    EXPECT_EQ(reply.check_in().masked_name(), "王*明");
    EXPECT_EQ(reply.check_in().record(), 1U);
}

TYPED_TEST(PrivateServiceTest, ARestartKeepsWhatIsKnownAndSweepsOrphans) {
    auto& hall = this->hall_;
    hall.send("check-in-1", add_check_in("王小明"));
    hall.stop();
    hall.open_vault();
    store::VaultBatch orphan;
    orphan.seal.push_back({99, {VaultKind::check_in, 1}, "orphan"});
    ASSERT_TRUE(hall.vault->prepare(orphan, 1'000'000));
    hall.start();
    EXPECT_FALSE(hall.vault->read(99).value());
    EXPECT_EQ(hall.vault->days().value().size(), 1U);
    EXPECT_EQ(this->ask_for(check_ins_named("王")).check_ins().check_ins_size(), 1);
}

TYPED_TEST(PrivateServiceTest, CorrectingAndForgettingReachTheVault) {
    auto& hall = this->hall_;
    const Reply added = hall.send("check-in-1", add_check_in("王小明"));
    Command correct;
    correct.mutable_correct_check_in()->set_check_in(added.check_in().id());
    correct.mutable_correct_check_in()->mutable_person()->set_name("王晓萌");
    const Reply corrected = hall.send("correct-1", correct);
    EXPECT_EQ(corrected.check_in().masked_name(), "王*萌");
    EXPECT_FALSE(hall.vault->read(added.check_in().record()).value());
    EXPECT_EQ(this->ask_for(check_ins_named("6666")).check_ins().check_ins_size(), 1);
    Command forget;
    forget.mutable_forget_person()->set_check_in(added.check_in().id());
    const Reply forgotten = hall.send("forget-1", forget);
    EXPECT_FALSE(forgotten.has_refusal()) << forgotten.ShortDebugString();
    EXPECT_EQ(forgotten.check_in().masked_name(), "");
    EXPECT_FALSE(hall.vault->read(corrected.check_in().record()).value());
}

TYPED_TEST(PrivateServiceTest, AfterThirtyDaysTheKeyIsGone) {
    auto& hall = this->hall_;
    hall.send("check-in-1", add_check_in("王小明"));
    ASSERT_EQ(hall.vault->days().value().size(), 1U);
    for (int day = 0; day < 31; ++day) {
        hall.now_ms += core::kDayMs;
        hall.turn({});
    }
    EXPECT_TRUE(hall.vault->days().value().empty());
    EXPECT_EQ(this->ask_for(check_ins_named("")).check_ins().check_ins_size(), 0);
}

TYPED_TEST(PrivateServiceTest, WhoSignedOnIsTheActorAndNeedsTheRank) {
    auto& hall = this->hall_;
    ASSERT_FALSE(
        this->send_as("staff-1", add_staff("B1", "班长", protocol::StaffRank::supervisor), "")
            .has_refusal());
    ASSERT_FALSE(
        this->send_as("staff-2", add_staff("G1", "引导员", protocol::StaffRank::guide), "B1")
            .has_refusal());
    Command sign_on;
    sign_on.mutable_sign_on();
    EXPECT_EQ(hall.send("sign-on-0", sign_on).refusal().code(), RefusalCode::sign_on_needed);
    const Reply signed_on = this->send_as("sign-on-1", sign_on, "G1");
    ASSERT_TRUE(signed_on.has_staff()) << signed_on.ShortDebugString();
    EXPECT_EQ(signed_on.staff().name(), "引导员");
    const auto at_console = [&](const std::string& id, const Command& command) {
        Incoming incoming = from(id, command);
        incoming.sender.role = protocol::Role::supervisor;
        return hall.turn({incoming}).front();
    };
    at_console("issue-01", core::issue("pension"));
    ASSERT_FALSE(hall.service->committed().empty());
    EXPECT_EQ(hall.service->committed().front().actor(), "console-1/G1");
    EXPECT_EQ(at_console("extend-1", core::open_hall()).refusal().code(),
              RefusalCode::rank_not_allowed);
    EXPECT_EQ(at_console("window-1", core::open_window(1)).refusal().code(),
              RefusalCode::rank_not_allowed);
    // An admin's device is nobody's desk.
    hall.send("issue-02", core::issue("pension"));
    ASSERT_FALSE(hall.service->committed().empty());
    EXPECT_EQ(hall.service->committed().front().actor(), "console-1");
    // With a PIN of their own a supervisor acts at a guide's console.
    EXPECT_NE(this->send_as("window-2", core::open_window(1), "B1").refusal().code(),
              RefusalCode::rank_not_allowed);
    ASSERT_FALSE(hall.service->committed().empty());
    EXPECT_EQ(hall.service->committed().back().actor(), "console-1/B1");
}

TYPED_TEST(PrivateServiceTest, AConsoleLearnsWhatItIsCalledAndWhoIsSignedOnThere) {
    this->send_as("staff-1", add_staff("S1", "韦老师", protocol::StaffRank::supervisor), "");
    protocol::Command sign_on;
    sign_on.mutable_sign_on();
    this->send_as("sign-on1", sign_on, "S1");
    protocol::Query query;
    query.mutable_staff_list();
    const Reply reply = this->ask_for(query);
    EXPECT_EQ(reply.staff_list().device(), "console-1");
    ASSERT_EQ(reply.staff_list().staff_size(), 1);
    EXPECT_EQ(reply.staff_list().staff(0).device(), reply.staff_list().device());
}

TYPED_TEST(PrivateServiceTest, APinIsKeptInTheVaultAlone) {
    auto& hall = this->hall_;
    this->send_as("staff-1", add_staff("S1", "韦老师", protocol::StaffRank::supervisor), "");
    EXPECT_TRUE(hall.service->pin_of("S1").known);
    EXPECT_EQ(hall.service->pin_of("S1").hash, "");
    EXPECT_FALSE(hall.service->pin_of("S2").known);
    EXPECT_EQ(this->send_as("pin-0001", set_pin("S1"), "").refusal().code(),
              RefusalCode::pin_invalid);
    const Reply set = this->send_as("pin-0002", set_pin("S1"), "", "$argon2id$secret");
    EXPECT_TRUE(set.staff().has_pin()) << set.ShortDebugString();
    EXPECT_EQ(hall.service->pin_of("S1").hash, "$argon2id$secret");
    hall.restart();
    EXPECT_EQ(hall.service->pin_of("S1").hash, "$argon2id$secret");
    EXPECT_EQ(this->everything_logged().find("argon2id"), std::string::npos);
}

}  // namespace
}  // namespace hall::service
