// A label printer that takes ZPL on a bare socket (port 9100) and tells of itself only when it is
// well: Zebra's `~HS` is answered by a printer that could print, and by nothing when the band is
// out or the cover is open. So silence is a fault, and never a "printed".
//
//   ~HS  ->  STX aaa,b,c,dddd,eee,f,g,h,iii,j,k,l ETX CR LF     b paper out, c paused,
//            STX mmm,n,o,p,q,r,s,t,uuuuuuuu,v,www ETX CR LF     eee documents waiting, o head open,
//            STX xxxx,y ETX CR LF                               p ribbon out, u labels still to
//            come
//
// (ZPL II Programming Guide, ~HS.) Private to this folder.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "printers/spooler/printer_state.h"
#include "printers/spooler/spooler.h"

namespace hall::printers::spooler {

// What an answer to ~HS says; nullopt when it is none, or not all of it.
struct HostStatus {
    Condition condition = Condition::ok;
    bool busy = false;  // something is still to be printed
};
std::optional<HostStatus> host_status_from(std::string_view answer);

// For socket://HOST[:PORT]; null when `uri` is none. A document that was sent is `printed` when the
// printer says afterwards that it is well and has nothing left to print, else `unconfirmed` with
// `no_answer` or what it complains of. A printer that complains beforehand gets nothing (`failed`);
// one that is silent beforehand gets the document all the same, as some never answer, and is never
// believed.
std::unique_ptr<Spooler> make_raw_spooler(const std::string& uri);

}  // namespace hall::printers::spooler
