// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gui/model/objects_model.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "gui/model/text.h"
#include "lib/client/names.h"
#include "lib/event/object_path.h"

namespace kevent::gui {

// What a row shows of an exported object, besides its name.
struct ObjectsModel::Object {
  std::string subsystem;
  std::string device_node;
};

struct ObjectsModel::Node {
  std::string name;
  Node* parent = nullptr;
  std::optional<Object> object;                 // nothing: a folder
  std::vector<std::unique_ptr<Node>> children;  // O1

  std::size_t place_of(std::string_view child) const;
  Node* child(std::string_view child) const;
  int row() const { return static_cast<int>(parent->place_of(name)); }
  std::string path() const;
};

namespace {

// O1
bool naturally_less(const std::string& left, const std::string& right) {
  return ::strverscmp(left.c_str(), right.c_str()) < 0;
}

// "/a/b" -> "a", "b".
std::vector<std::string> elements_of(std::string_view path) {
  std::vector<std::string> elements;
  while (path.size() > 1) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    elements.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return elements;
}

std::string text_property(const nlohmann::json& properties, const char* name) {
  const auto found = properties.find(name);
  return found != properties.end() && found->is_string() ? found->get<std::string>()
                                                         : std::string();
}

std::string text_detail(const event::Event& event, std::string_view key) {
  const auto* text = event.details.get<std::string>(key);
  return text == nullptr ? std::string() : *text;
}

}  // namespace

std::size_t ObjectsModel::Node::place_of(std::string_view child) const {
  const std::string name_of_child(child);
  const auto place =
      std::ranges::lower_bound(children, name_of_child, naturally_less,
                               [](const auto& node) -> const std::string& { return node->name; });
  return static_cast<std::size_t>(place - children.begin());
}

ObjectsModel::Node* ObjectsModel::Node::child(std::string_view child) const {
  const std::size_t place = place_of(child);
  return place < children.size() && children[place]->name == child ? children[place].get()
                                                                   : nullptr;
}

std::string ObjectsModel::Node::path() const {
  if (parent == nullptr) return "/";
  return parent->parent == nullptr ? "/" + name : parent->path() + "/" + name;
}

ObjectsModel::ObjectsModel(QObject* parent)
    : QAbstractItemModel(parent), root_(std::make_unique<Node>()) {}

ObjectsModel::~ObjectsModel() = default;

void ObjectsModel::set_objects(const nlohmann::json& objects) {
  beginResetModel();
  root_ = std::make_unique<Node>();
  for (const auto& [object_path, interfaces] : objects.items()) {
    const auto path = event::parse_object_path(object_path);
    const auto device = interfaces.find(client::kDeviceInterface);
    if (!path || device == interfaces.end()) continue;
    Node* node = root_.get();
    for (const std::string& element : elements_of(*path)) node = &made_child(*node, element);
    node->object =
        Object{text_property(*device, "Subsystem"), text_property(*device, "DeviceNode")};
  }
  endResetModel();
  const auto meanwhile = std::exchange(meanwhile_, std::nullopt);
  if (!meanwhile) return;
  for (const event::Event& event : *meanwhile) apply(event);
}

void ObjectsModel::apply(const event::Event& event) {
  if (event.group != event::Group::kHotplug || !is_of_kernel(event)) return;
  // Events come from more than devices, which alone are exported.
  if (!event::is_at_or_below(event.object, "/devices")) return;
  if (meanwhile_) meanwhile_->push_back(event);
  if (event.signal == event::signal::kMove) {
    move(event);
  } else if (event.signal == event::signal::kAdd) {
    insert(event.object, {text_detail(event, event::key::kSubsystem),
                          text_detail(event, event::key::kDeviceNode)});
  } else if (event.signal == event::signal::kRemove) {
    remove(event.object);
  }
}

ObjectsModel::Node& ObjectsModel::made_child(Node& node, const std::string& name) {
  if (Node* child = node.child(name)) return *child;
  auto child = std::make_unique<Node>();
  child->name = name;
  child->parent = &node;
  const auto place = static_cast<std::ptrdiff_t>(node.place_of(name));
  return **node.children.insert(node.children.begin() + place, std::move(child));
}

void ObjectsModel::insert(std::string_view path, Object object) {
  const std::vector<std::string> elements = elements_of(path);
  Node* node = root_.get();
  auto element = elements.begin();
  while (element != elements.end() && node->child(*element) != nullptr) {
    node = node->child(*element++);
  }
  if (element == elements.end()) {
    node->object = std::move(object);
    const QModelIndex changed = index_of(*node);
    Q_EMIT dataChanged(changed, changed.siblingAtColumn(kColumns - 1));
    return;
  }
  const int row = static_cast<int>(node->place_of(*element));
  beginInsertRows(index_of(*node), row, row);
  while (element != elements.end()) node = &made_child(*node, *element++);
  node->object = std::move(object);
  endInsertRows();
}

void ObjectsModel::remove(std::string_view path) {
  Node* node = find(path);
  if (node == nullptr || !node->object) return;
  node->object.reset();
  if (!node->children.empty()) {
    const QModelIndex changed = index_of(*node);
    Q_EMIT dataChanged(changed, changed.siblingAtColumn(kColumns - 1));
    return;
  }
  // O2: with it go the folders that held nothing else.
  while (node->parent != root_.get() && node->parent->children.size() == 1 &&
         !node->parent->object) {
    node = node->parent;
  }
  const int row = node->row();
  Node& parent = *node->parent;
  beginRemoveRows(index_of(parent), row, row);
  parent.children.erase(parent.children.begin() + row);
  endRemoveRows();
}

void ObjectsModel::move(const event::Event& event) {
  const auto before = event.details.text_bytes(event::key::kOldObject);
  const Node* node = before ? find(*before) : nullptr;
  if (node == nullptr) return;
  std::vector<std::pair<std::string, Object>> moved;
  collect(*node, moved);
  for (auto& [path, object] : moved) {
    remove(path);
    insert(event.object + path.substr(before->size()), std::move(object));
  }
}

// Everything exported at and below `node`.
void ObjectsModel::collect(const Node& node,
                           std::vector<std::pair<std::string, Object>>& objects) const {
  if (node.object) objects.emplace_back(node.path(), *node.object);
  for (const auto& child : node.children) collect(*child, objects);
}

ObjectsModel::Node* ObjectsModel::find(std::string_view path) const {
  Node* node = root_.get();
  for (const std::string& element : elements_of(path)) {
    node = node->child(element);
    if (node == nullptr) return nullptr;
  }
  return node;
}

std::string ObjectsModel::path(const QModelIndex& index) const {
  return node_of(index).path();
}

QModelIndex ObjectsModel::nearest(std::string_view path) const {
  const Node* node = root_.get();
  for (const std::string& element : elements_of(path)) {
    const Node* child = node->child(element);
    if (child == nullptr) break;
    node = child;
  }
  return index_of(*node);
}

bool ObjectsModel::exported(const QModelIndex& index) const {
  return node_of(index).object.has_value();
}

const ObjectsModel::Node& ObjectsModel::node_of(const QModelIndex& index) const {
  return index.isValid() ? *static_cast<const Node*>(index.internalPointer()) : *root_;
}

QModelIndex ObjectsModel::index_of(const Node& node) const {
  return node.parent == nullptr ? QModelIndex() : createIndex(node.row(), 0, &node);
}

QModelIndex ObjectsModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  return createIndex(row, column, node_of(parent).children[static_cast<std::size_t>(row)].get());
}

QModelIndex ObjectsModel::parent(const QModelIndex& index) const {
  return index.isValid() ? index_of(*node_of(index).parent) : QModelIndex();
}

int ObjectsModel::rowCount(const QModelIndex& parent) const {
  return parent.column() > 0 ? 0 : static_cast<int>(node_of(parent).children.size());
}

int ObjectsModel::columnCount(const QModelIndex& /*parent*/) const {
  return kColumns;
}

QVariant ObjectsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole) return {};
  const Node& node = node_of(index);
  if (index.column() == kName) return text_of(node.name);
  if (!node.object) return {};
  return text_of(index.column() == kSubsystem ? node.object->subsystem : node.object->device_node);
}

QVariant ObjectsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case kName:
      return tr("Name");
    case kSubsystem:
      return tr("Subsystem");
    case kDeviceNode:
      return tr("Device node");
    default:
      return {};
  }
}

}  // namespace kevent::gui
