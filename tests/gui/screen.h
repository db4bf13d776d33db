// SPDX-License-Identifier: LGPL-2.1-or-later
// What a person sees of the notices: a screen to which the commands go, as to a notification server
// that shows for ever what nobody closes. It counts each Notice, also one that replaces another.
#pragma once

#include <QString>
#include <cstddef>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "gui/model/notice.h"

namespace kevent::gui {

class Screen {
 public:
  void apply(const std::vector<NoticeCommand>& commands) {
    for (const NoticeCommand& command : commands) {
      if (const auto* notice = std::get_if<Notice>(&command)) {
        open_[notice->key] = *notice;
        ++shown_;
      } else if (open_.erase(std::get<CloseNotice>(command).key) == 0) {
        ++closed_in_vain_;
      }
    }
  }

  // The titles of what is open, by key.
  std::vector<std::string> titles() const {
    std::vector<std::string> titles;
    for (const auto& [key, notice] : open_) titles.push_back(notice.title.toStdString());
    return titles;
  }

  // The only one that is open; an empty one where there are more, or none.
  Notice only() const { return open_.size() == 1 ? open_.begin()->second : Notice(); }

  const std::map<QString, Notice>& open() const { return open_; }
  std::size_t shown() const { return shown_; }
  std::size_t closed_in_vain() const { return closed_in_vain_; }

 private:
  std::map<QString, Notice> open_;
  std::size_t shown_ = 0;
  std::size_t closed_in_vain_ = 0;
};

}  // namespace kevent::gui
