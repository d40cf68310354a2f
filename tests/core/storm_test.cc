// A storm of commands that nobody sane would send: whatever comes, the hall answers, and what it
// decides it can apply.
#include <google/protobuf/message.h>

#include "tests/core/random_day.h"

namespace hall::core {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

class Storm {
  public:
    explicit Storm(uint64_t seed) : random_(seed) {
        texts_ = {"pension",
                  "medical",
                  "card",
                  "jobs",
                  "80plus",
                  "60plus",
                  "cmn",
                  "za",
                  "A001",
                  "A002",
                  "B001",
                  "D003",
                  "a1",
                  "2026-11-23/A003",
                  "front",
                  "back",
                  "clerk-1",
                  "",
                  " ",
                  "A000",
                  "Z999999999",
                  "A4294967296",
                  "'; DROP TABLE event; --",
                  "../../etc/passwd",
                  "王明",
                  "\xF0\xA0\xAE\xB7",
                  "{\"a\":1}",
                  "%s%n",
                  "A\n001",
                  "//A001"};
        texts_.emplace_back(64'000, 'x');
        std::string chinese;
        for (int i = 0; i < 5'000; ++i) chinese += "厅";
        texts_.push_back(chinese);
        texts_.emplace_back(3, '\0');
        texts_.emplace_back(40, 'k');
    }

    Command command() {
        Command made;
        const auto* body = Command::descriptor()->oneof_decl(0);
        const FieldDescriptor* field = body->field(below(body->field_count()));
        // Rules and plans come from the hall's own files; the rest of the storm needs them whole.
        if (field->name() == "install_rules" || field->name() == "plan_day" ||
            field->name() == "plan_ahead") {
            return made;
        }
        fill(*made.GetReflection()->MutableMessage(&made, field), 0);
        return made;
    }

    int below(int end) { return static_cast<int>(random_() % static_cast<uint64_t>(end)); }

  private:
    void fill(Message& message, int depth) {
        const auto* descriptor = message.GetDescriptor();
        for (int i = 0; i < descriptor->field_count(); ++i) {
            const FieldDescriptor* field = descriptor->field(i);
            if (depth > 0 && below(4) == 0) continue;
            if (!field->is_repeated()) {
                set(message, field, depth);
                continue;
            }
            // Lists are short, as people's are, and sometimes absurd.
            int count = below(50) == 0 ? below(40) : below(3);
            if (field->name() == "services") ++count;
            for (int n = 0; n < count; ++n) add(message, field);
        }
    }

    void set(Message& message, const FieldDescriptor* field, int depth) {
        const auto* reflection = message.GetReflection();
        switch (field->cpp_type()) {
            case FieldDescriptor::CPPTYPE_STRING:
                return reflection->SetString(&message, field, text());
            case FieldDescriptor::CPPTYPE_UINT32:
                return reflection->SetUInt32(&message, field, number());
            case FieldDescriptor::CPPTYPE_UINT64:
                return reflection->SetUInt64(&message, field, below(8) ? number() : random_());
            case FieldDescriptor::CPPTYPE_INT64:
                return reflection->SetInt64(&message, field, time());
            case FieldDescriptor::CPPTYPE_BOOL:
                return reflection->SetBool(&message, field, below(4) == 0);
            case FieldDescriptor::CPPTYPE_ENUM:
                return reflection->SetEnumValue(&message, field, enumerator());
            case FieldDescriptor::CPPTYPE_MESSAGE:
                return fill(*reflection->MutableMessage(&message, field), depth + 1);
            default:
                FAIL() << "a command with a field of a new type: " << field->full_name();
        }
    }

    void add(Message& message, const FieldDescriptor* field) {
        if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
            message.GetReflection()->AddEnumValue(&message, field, enumerator());
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
            fill(*message.GetReflection()->AddMessage(&message, field), 1);
        } else {
            message.GetReflection()->AddString(&message, field, text());
        }
    }

    const std::string& text() {
        // Mostly words the hall knows, or nothing would ever happen.
        size_t known = 17;
        size_t among = below(10) < 8 ? known : texts_.size();
        return texts_[static_cast<size_t>(below(static_cast<int>(among)))];
    }
    uint32_t number() {
        return below(20) == 0 ? static_cast<uint32_t>(random_()) : static_cast<uint32_t>(below(8));
    }
    int64_t time() {
        return below(3) == 0 ? static_cast<int64_t>(random_())
                             : time_ms("17:00") + below(8) * 15 * kMinuteMs;
    }
    int enumerator() { return below(20) == 0 ? below(1'000'000) - 1000 : below(12); }

    std::mt19937_64 random_;
    std::vector<std::string> texts_;
};

TEST(Storm, AHundredThousandCommandsNeverBreakTheHall) {
    constexpr int kCommands = 100'000;
    constexpr int kDays = 50;
    TestHall hall(test_rules(), test_plan(), 499 * kSlower);
    Storm storm(20261123);
    DayAuditor auditor;
    size_t seen = 0;
    size_t accepted = 0;
    for (int i = 0; i < kCommands; ++i) {
        bool next_day = i % (kCommands / kDays) == kCommands / kDays - 1;
        if (next_day) hall.on_next_day("07:00");
        hall.after_s(storm.below(30));
        hall.by(storm.below(2) == 0 ? "printd-1" : "console-1");
        Decision decision = hall.tries(storm.command());
        if (decision) {
            accepted += decision->empty() ? 0 : 1;
            protocol::Reply read;
            ASSERT_TRUE(read.ParseFromString(hall.reply().SerializeAsString())) << i;
        } else {
            protocol::Refusal read;
            ASSERT_TRUE(read.ParseFromString(decision.error().SerializeAsString())) << i;
            ASSERT_NE(read.code(), RefusalCode::unknown);
            ASSERT_LE(read.field().size(), kTextMax);
        }
        for (; seen < hall.log().size(); ++seen) {
            const LoggedEvent& entry = hall.log()[seen];
            Event event;
            ASSERT_TRUE(event.ParseFromString(entry.event.SerializeAsString()));
            ASSERT_LT(entry.event.ByteSizeLong(), 64U * 1024) << "an event without bound";
            auditor.see(entry);
            ASSERT_EQ(auditor.complaint(), "") << "command " << i;
        }
        ASSERT_FALSE(HasFailure()) << "command " << i;
    }
    EXPECT_GT(accepted, 4'500U);  // a storm of refusals would show nothing
    EXPECT_EQ(difference(hall.hall(), replay(hall.log()), hall.now_ms()), "");
}

TEST(Storm, EveryQueryIsAnswered) {
    TestHall hall;
    hall.at("09:00").does(issue("pension"));
    const auto* body = protocol::Query::descriptor()->oneof_decl(0);
    for (int i = 0; i < body->field_count(); ++i) {
        for (const char* number : {"A001", "", "Z9", "\xE5\x8E\x85"}) {
            protocol::Query query;
            Message& chosen = *query.GetReflection()->MutableMessage(&query, body->field(i));
            if (const auto* field = chosen.GetDescriptor()->FindFieldByName("number")) {
                chosen.GetReflection()->SetString(&chosen, field, number);
            }
            protocol::Reply reply;
            hall.hall().answer(query, hall.now_ms(), reply);
            EXPECT_NE(reply.result_case(), protocol::Reply::RESULT_NOT_SET)
                << query.ShortDebugString();
        }
    }
    protocol::Reply reply;
    hall.hall().answer(protocol::Query(), hall.now_ms(), reply);
    EXPECT_EQ(reply.refusal().code(), RefusalCode::malformed_request);
}

}  // namespace
}  // namespace hall::core
