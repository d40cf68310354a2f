#include "hall-server/store/chain.h"

#include <sodium.h>

#include <concepts>

#include "protocol/check.h"

namespace hall::store {
namespace {

constexpr std::string_view kGenesisText = "nuanting event log 1";

Digest blake2b(const void* data, size_t size) {
    Digest digest;
    HALL_CHECK(crypto_generichash(digest.data(), digest.size(),
                                  static_cast<const unsigned char*>(data), size, nullptr, 0) == 0);
    return digest;
}

// Appends fields in the grammar of the chain to a buffer that keeps its memory.
class Encoder {
  public:
    explicit Encoder(std::string& buffer) : buffer_(buffer) { buffer_.clear(); }

    void put(const Digest& digest) {
        buffer_.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    }
    template <std::unsigned_integral Integer>
    void put(Integer value) {
        for (size_t i = 0; i < sizeof value; ++i) {
            buffer_.push_back(static_cast<char>(static_cast<unsigned char>(value >> (8 * i))));
        }
    }
    void put(std::string_view bytes) {
        put(static_cast<uint32_t>(bytes.size()));
        buffer_.append(bytes);
    }

  private:
    std::string& buffer_;
};

std::string& scratch() {
    thread_local std::string buffer;
    return buffer;
}

}  // namespace

const Digest& genesis_chain() {
    static const Digest genesis = [] {
        HALL_CHECK(sodium_init() >= 0);  // picks the fastest BLAKE2b of this processor
        return blake2b(kGenesisText.data(), kGenesisText.size());
    }();
    return genesis;
}

Digest chain_after(const Digest& previous, uint64_t seq, const NewRecord& record) {
    std::string& buffer = scratch();
    Encoder encoder(buffer);
    encoder.put(previous);
    encoder.put(seq);
    encoder.put(static_cast<uint64_t>(record.at_ms));
    encoder.put(std::string_view(record.actor));
    encoder.put(std::string_view(record.command_id));
    encoder.put(record.kind);
    encoder.put(record.version);
    encoder.put(std::string_view(record.body));
    return blake2b(buffer.data(), buffer.size());
}

Digest checkpoint_digest(const Digest& chain_at_seq, uint64_t seq, uint32_t format,
                         std::string_view bytes) {
    std::string head;
    Encoder encoder(head);
    encoder.put(chain_at_seq);
    encoder.put(seq);
    encoder.put(format);
    encoder.put(static_cast<uint32_t>(bytes.size()));

    // Streamed: a state may be large, and need not be copied to be hashed.
    Digest digest;
    crypto_generichash_state state;
    HALL_CHECK(crypto_generichash_init(&state, nullptr, 0, digest.size()) == 0);
    for (const std::string_view part : {std::string_view(head), bytes}) {
        HALL_CHECK(crypto_generichash_update(&state,
                                             reinterpret_cast<const unsigned char*>(part.data()),
                                             part.size()) == 0);
    }
    HALL_CHECK(crypto_generichash_final(&state, digest.data(), digest.size()) == 0);
    return digest;
}

std::optional<Damage> ChainWalk::step(const Record& record) {
    const uint64_t seq = last_.seq + 1;
    if (record.seq != seq) {
        return Damage{seq, "the record is missing"};
    }
    if (record.chain != chain_after(last_.chain, seq, record)) {
        return Damage{seq, "the record does not match its chain: it was changed"};
    }
    last_ = Head{seq, record.chain};
    return std::nullopt;
}

HeadSearch::HeadSearch(const std::optional<Digest>& expected) : expected_(expected) {
    verified_.head = Head{0, genesis_chain()};
    if (expected_ == genesis_chain()) {
        verified_.expected_head_seq = 0;
    }
}

void HeadSearch::see(const Record& record) {
    verified_.records = record.seq;
    verified_.head = Head{record.seq, record.chain};
    if (expected_ == record.chain) {
        verified_.expected_head_seq = record.seq;
    }
}

tl::expected<Verified, Damage> HeadSearch::result() const {
    if (expected_ && !verified_.expected_head_seq) {
        return tl::unexpected(Damage{
            verified_.head.seq + 1,
            "no record has the expected head: the tail was cut, or the log was written anew"});
    }
    return verified_;
}

}  // namespace hall::store
