// SPDX-License-Identifier: LGPL-2.1-or-later
#include "service/app/privileges.h"

#include <sys/capability.h>

#include <memory>
#include <type_traits>

namespace kevent::app {

base::Status give_up_privileges() {
  const std::unique_ptr<std::remove_pointer_t<cap_t>, decltype(&cap_free)> none(cap_init(),
                                                                                &cap_free);
  if (!none || cap_set_proc(none.get()) < 0) return base::last_error("give up capabilities");
  return base::Done{};
}

}  // namespace kevent::app
