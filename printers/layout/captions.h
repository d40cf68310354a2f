// The words that every slip carries, in the language of the hall.
#pragma once

#include <cstdint>
#include <string>

namespace hall::printers::layout {

std::string caption_green_mark();                 // 优, inside the disc
std::string caption_green_channel();              // 敬老优先
std::string caption_reprint();                    // 补打
std::string caption_services();                   // 办理事项
std::string caption_ahead();                      // 前面还有
std::string caption_people(std::int32_t people);  // 12 位
std::string caption_nobody_ahead();               // 前面无人
std::string caption_wait();                       // 预计等候
std::string caption_issued();                     // 取号时间
std::string caption_early_waiting();              // 提前等候

// Of a case's papers.
std::string caption_notice();   // 一次性告知单
std::string caption_bring();    // 请您补充这些材料:
std::string caption_come_on();  // 请在这天来
std::string caption_come_any_day();
std::string caption_form();          // 业务申请表
std::string caption_case_number();   // 办件号
std::string caption_name();          // 申请人
std::string caption_identity();      // 身份证号
std::string caption_phone_number();  // 联系电话
std::string caption_proxy();         // 代办方式
std::string caption_relation();      // 与申请人关系
std::string caption_materials();     // 材料
std::string caption_declaration();
std::string caption_own_wish();
std::string caption_signature();        // 申请人签名
std::string caption_proxy_signature();  // 代办人签名
std::string caption_date();             // 日期

// Of a paper guide.
std::string caption_to_bring();
std::string caption_nothing_to_bring();
std::string caption_not_needed(const std::string& material);
std::string caption_sometimes();
std::string caption_days(std::uint32_t working_days);  // 0: at once
std::string caption_windows(const std::string& numbers);
std::string caption_phone();  // the advice line 12333
std::string caption_ask_for_more();

}  // namespace hall::printers::layout
