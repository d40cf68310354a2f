#include "printers/spooler/ipp_session.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "protocol/check.h"

namespace hall::printers::spooler {

namespace {

constexpr int kConnect_ms = 400;
constexpr double kAnswer_s = 0.5;
constexpr const char* kUser = "nuanting";
constexpr const char* kRaster = "image/pwg-raster";
constexpr const char* kPdf = "application/pdf";
// Through a queue without a filter, byte by byte.
constexpr const char* kRaw = "application/vnd.cups-raw";
constexpr int kThermalDpi = 203;

int give_up(http_t*, void*) {
    return 0;
}

// libcups asks on the terminal for a password otherwise.
const char* no_password(const char*, http_t*, const char*, const char*, void*) {
    return nullptr;
}

std::vector<std::string> strings(ipp_t* answer, const char* name) {
    std::vector<std::string> result;
    ipp_attribute_t* attribute = ippFindAttribute(answer, name, IPP_TAG_ZERO);
    if (attribute == nullptr) return result;
    const int count = std::min(ippGetCount(attribute), 256);
    for (int i = 0; i < count; ++i) {
        const char* value = ippGetString(attribute, i, nullptr);
        if (value != nullptr) result.emplace_back(value);
    }
    return result;
}

int integer(ipp_t* answer, const char* name, int missing) {
    ipp_attribute_t* attribute = ippFindAttribute(answer, name, IPP_TAG_ZERO);
    return attribute == nullptr ? missing : ippGetInteger(attribute, 0);
}

// The raster resolution nearest to the print heads of ticket printers.
int nearest_dpi(ipp_t* answer) {
    ipp_attribute_t* attribute =
        ippFindAttribute(answer, "pwg-raster-document-resolution-supported", IPP_TAG_RESOLUTION);
    int best = 0;
    for (int i = 0; attribute != nullptr && i < ippGetCount(attribute); ++i) {
        int y = 0;
        ipp_res_t units = IPP_RES_PER_INCH;
        const int x = ippGetResolution(attribute, i, &y, &units);
        if (units != IPP_RES_PER_INCH || x != y || x < 100 || x > 1200) continue;
        if (best == 0 || std::abs(x - kThermalDpi) < std::abs(best - kThermalDpi)) best = x;
    }
    return best == 0 ? kThermalDpi : best;
}

Capabilities capabilities_of(ipp_t* answer) {
    Capabilities result;
    const std::vector<std::string> formats = strings(answer, "document-format-supported");
    const auto takes = [&formats](const char* format) {
        return std::find(formats.begin(), formats.end(), format) != formats.end();
    };
    result.format = takes(kRaster) || !takes(kPdf) ? Format::pwg_raster : Format::pdf;
    result.dpi = nearest_dpi(answer);
    return result;
}

const char* mime_of(Format format) {
    switch (format) {
        case Format::pdf:
            return kPdf;
        case Format::pwg_raster:
            return kRaster;
        case Format::zpl:
            return kRaw;
    }
    HALL_CHECK(false);
    return kPdf;
}

Error error_of(ipp_status_t status) {
    std::string code = "refused";
    if (status == IPP_STATUS_ERROR_BUSY) code = "busy";
    if (status == IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED) code = "format_refused";
    return {code, std::string("the printer answered ") + ippErrorString(status)};
}

}  // namespace

std::string Endpoint::uri() const {
    return std::string(encrypted ? "ipps://" : "ipp://") + host + ":" + std::to_string(port) + path;
}

std::optional<Endpoint> endpoint_from(const std::string& uri) {
    std::array<char, 32> scheme{};
    std::array<char, 256> user{};
    std::array<char, 256> host{};
    std::array<char, 1024> path{};
    int port = 0;
    const http_uri_status_t status = httpSeparateURI(
        HTTP_URI_CODING_ALL, uri.c_str(), scheme.data(), static_cast<int>(scheme.size()),
        user.data(), static_cast<int>(user.size()), host.data(), static_cast<int>(host.size()),
        &port, path.data(), static_cast<int>(path.size()));
    if (status < HTTP_URI_STATUS_OK) return std::nullopt;
    Endpoint result{host.data(), port, path.data(), std::string_view(scheme.data()) == "ipps"};
    if (!result.encrypted && std::string_view(scheme.data()) != "ipp") return std::nullopt;
    result.path = result.path.substr(0, result.path.find('?'));
    if (result.host.empty() || result.path.empty()) return std::nullopt;
    return result;
}

tl::expected<IppSession, Error> IppSession::open(const Endpoint& endpoint) {
    cupsSetPasswordCB2(no_password, nullptr);
    http_t* http =
        httpConnect2(endpoint.host.c_str(), endpoint.port, nullptr, AF_UNSPEC,
                     endpoint.encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                     kConnect_ms, nullptr);
    if (http == nullptr) {
        return tl::unexpected(Error{"unreachable", "no connection to " + endpoint.uri()});
    }
    httpSetTimeout(http, kAnswer_s, give_up, nullptr);
    return IppSession(endpoint, http);
}

IppSession::Message IppSession::request(ipp_op_t operation) const {
    Message message(ippNewRequest(operation));
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr,
                 endpoint_.uri().c_str());
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr,
                 kUser);
    return message;
}

tl::expected<IppSession::Message, Error> IppSession::send(Message request) {
    // cupsDoRequest frees the request.
    Message answer(cupsDoRequest(http_.get(), request.release(), endpoint_.path.c_str()));
    if (answer == nullptr) {
        return tl::unexpected(Error{"unreachable", "no answer from " + endpoint_.uri()});
    }
    const ipp_status_t status = ippGetStatusCode(answer.get());
    if (status > IPP_STATUS_OK_EVENTS_COMPLETE) return tl::unexpected(error_of(status));
    return answer;
}

tl::expected<PrinterInfo, Error> IppSession::printer() {
    static constexpr std::array kWanted = {"printer-state",
                                           "printer-state-reasons",
                                           "printer-is-accepting-jobs",
                                           "document-format-supported",
                                           "pwg-raster-document-resolution-supported",
                                           "device-uri"};
    Message message = request(IPP_OP_GET_PRINTER_ATTRIBUTES);
    ippAddStrings(message.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  static_cast<int>(kWanted.size()), nullptr, kWanted.data());
    auto answer = send(std::move(message));
    if (!answer) return tl::unexpected(answer.error());
    ipp_t* found = answer->get();
    PrinterInfo info;
    const int state = integer(found, "printer-state", IPP_PSTATE_IDLE);
    info.state = state_from(state, strings(found, "printer-state-reasons"));
    info.capabilities = capabilities_of(found);
    info.stopped = state == IPP_PSTATE_STOPPED;
    ipp_attribute_t* accepting =
        ippFindAttribute(found, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
    info.accepting = accepting == nullptr || ippGetBoolean(accepting, 0) != 0;
    const std::vector<std::string> device = strings(found, "device-uri");
    if (!device.empty()) info.device_uri = device.front();
    return info;
}

tl::expected<int, Error> IppSession::print(const std::string& title, const std::string& document,
                                           Format format) {
    Message message = request(IPP_OP_PRINT_JOB);
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr,
                 title.c_str());
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr,
                 mime_of(format));
    // cupsSendRequest wants the length of message and document together.
    const std::size_t length = ippLength(message.get()) + document.size();
    http_status_t status =
        cupsSendRequest(http_.get(), message.get(), endpoint_.path.c_str(), length);
    if (status == HTTP_STATUS_CONTINUE) {
        status = cupsWriteRequestData(http_.get(), document.data(), document.size());
    }
    Message answer(cupsGetResponse(http_.get(), endpoint_.path.c_str()));
    if (answer == nullptr) {
        return tl::unexpected(Error{"unreachable", "no answer from " + endpoint_.uri()});
    }
    const ipp_status_t code = ippGetStatusCode(answer.get());
    if (code > IPP_STATUS_OK_EVENTS_COMPLETE) return tl::unexpected(error_of(code));
    const int id = integer(answer.get(), "job-id", 0);
    if (id <= 0) return tl::unexpected(Error{"unreachable", "an answer without a job"});
    return id;
}

tl::expected<JobInfo, Error> IppSession::job(int id) {
    static constexpr std::array kWanted = {"job-state", "job-impressions-completed"};
    Message message = request(IPP_OP_GET_JOB_ATTRIBUTES);
    ippAddInteger(message.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
    ippAddStrings(message.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  static_cast<int>(kWanted.size()), nullptr, kWanted.data());
    auto answer = send(std::move(message));
    if (!answer) return tl::unexpected(answer.error());
    JobInfo info;
    info.id = id;
    info.state = static_cast<JobState>(integer(answer->get(), "job-state", IPP_JSTATE_PENDING));
    info.impressions = integer(answer->get(), "job-impressions-completed", 0);
    return info;
}

tl::expected<void, Error> IppSession::cancel(int id) {
    Message message = request(IPP_OP_CANCEL_JOB);
    ippAddInteger(message.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
    auto answer = send(std::move(message));
    if (!answer) return tl::unexpected(answer.error());
    return {};
}

tl::expected<void, Error> IppSession::purge(int id) {
    Message message = request(IPP_OP_CANCEL_JOB);
    ippAddInteger(message.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
    ippAddBoolean(message.get(), IPP_TAG_OPERATION, "purge-job", 1);
    auto answer = send(std::move(message));
    if (!answer) return tl::unexpected(answer.error());
    return {};
}

tl::expected<void, Error> IppSession::resume() {
    auto answer = send(request(IPP_OP_RESUME_PRINTER));
    if (!answer) return tl::unexpected(answer.error());
    return {};
}

tl::expected<std::vector<JobInfo>, Error> IppSession::jobs(Which which) {
    static constexpr std::array kWanted = {"job-id", "job-name", "job-state"};
    Message message = request(IPP_OP_GET_JOBS);
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr,
                 which == Which::open ? "not-completed" : "completed");
    ippAddBoolean(message.get(), IPP_TAG_OPERATION, "my-jobs", 1);
    ippAddInteger(message.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "limit", kJobsMax);
    ippAddStrings(message.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  static_cast<int>(kWanted.size()), nullptr, kWanted.data());
    auto answer = send(std::move(message));
    if (!answer) return tl::unexpected(answer.error());
    std::vector<JobInfo> jobs;
    for (ipp_attribute_t* at = ippFirstAttribute(answer->get()); at != nullptr;
         at = ippNextAttribute(answer->get())) {
        const char* raw = ippGetName(at);
        if (raw == nullptr || ippGetGroupTag(at) != IPP_TAG_JOB) {  // a separator ends a job
            if (raw == nullptr && (jobs.empty() || jobs.back().id != 0)) jobs.emplace_back();
            continue;
        }
        if (jobs.empty()) jobs.emplace_back();
        const std::string_view name = raw;
        if (name == "job-id") jobs.back().id = ippGetInteger(at, 0);
        if (name == "job-name") jobs.back().title = ippGetString(at, 0, nullptr);
        if (name == "job-state") jobs.back().state = static_cast<JobState>(ippGetInteger(at, 0));
    }
    jobs.erase(std::remove_if(jobs.begin(), jobs.end(), [](const JobInfo& j) { return j.id == 0; }),
               jobs.end());
    return jobs;
}

}  // namespace hall::printers::spooler
