// SPDX-License-Identifier: LGPL-2.1-or-later
// The kernel objects as a tree: those that the service exports, and the folders of sysfs above
// them. Read once, and kept by events.
//
// Rules:
//   O1  Siblings are in natural order: loop2 before loop10.
//   O2  A folder is there while something that is exported lies below it.
//   O3  `add` exports an object, `remove` ends that, `move` takes what lies below along. What a
//       program emitted (Source user) changes nothing.
//   O4  What happens between asked() and set_objects() holds afterwards too: the answer may be older
//       than the events that overtook it.
#pragma once

#include <QAbstractItemModel>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/event/event.h"

namespace kevent::gui {

class ObjectsModel : public QAbstractItemModel {
  Q_OBJECT

 public:
  enum Column { kName, kSubsystem, kDeviceNode, kColumns };

  explicit ObjectsModel(QObject* parent = nullptr);
  ~ObjectsModel() override;

  // All objects are being asked for; set_objects() follows, or not_answered().
  void asked() { meanwhile_.emplace(); }
  void not_answered() { meanwhile_.reset(); }
  // Everything anew, as of BusClient::managed_objects().
  void set_objects(const nlohmann::json& objects);
  // O3
  void apply(const event::Event& event);

  // The kernel path of a row; of no row: "/".
  std::string path(const QModelIndex& index) const;
  // The row of a kernel path, or of the nearest folder above it that is there.
  QModelIndex nearest(std::string_view path) const;
  bool exported(const QModelIndex& index) const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Object;
  struct Node;

  static Node& made_child(Node& node, const std::string& name);
  void insert(std::string_view path, Object object);
  void remove(std::string_view path);
  void move(const event::Event& event);
  void collect(const Node& node, std::vector<std::pair<std::string, Object>>& objects) const;
  Node* find(std::string_view path) const;
  const Node& node_of(const QModelIndex& index) const;
  QModelIndex index_of(const Node& node) const;

  std::unique_ptr<Node> root_;
  std::optional<std::vector<event::Event>> meanwhile_;  // O4
};

}  // namespace kevent::gui
