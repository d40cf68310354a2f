// What a Command, an Event or a Query carries: the message chosen in its oneof `body`, and fields
// of it by the names that many of them share.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>

namespace hall::protocol {

// The chosen one's place in the oneof; null when none is chosen, or a newer peer chose one that is
// not known here. REQUIRES: `frame` has a oneof `body`.
inline const google::protobuf::FieldDescriptor* body_field(const google::protobuf::Message& frame) {
    const auto* oneof = frame.GetDescriptor()->FindOneofByName("body");
    return frame.GetReflection()->GetOneofFieldDescriptor(frame, oneof);
}

// The chosen message; lives in `frame`. Null as above.
inline const google::protobuf::Message* body_of(const google::protobuf::Message& frame) {
    const auto* field = body_field(frame);
    return field == nullptr ? nullptr : &frame.GetReflection()->GetMessage(frame, field);
}

// An unsigned number under this name; 0 when the message has none.
inline uint64_t number_in(const google::protobuf::Message& body, const char* name) {
    using Field = google::protobuf::FieldDescriptor;
    const auto* field = body.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr) return 0;
    const auto* reflection = body.GetReflection();
    if (field->cpp_type() == Field::CPPTYPE_UINT32) return reflection->GetUInt32(body, field);
    if (field->cpp_type() == Field::CPPTYPE_UINT64) return reflection->GetUInt64(body, field);
    return 0;
}

// A text under this name; empty when the message has none.
inline std::string text_in(const google::protobuf::Message& body, const char* name) {
    using Field = google::protobuf::FieldDescriptor;
    const auto* field = body.GetDescriptor()->FindFieldByName(name);
    const bool is_text = field != nullptr && field->cpp_type() == Field::CPPTYPE_STRING;
    return is_text ? body.GetReflection()->GetString(body, field) : "";
}

}  // namespace hall::protocol
