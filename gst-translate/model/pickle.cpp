// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "gst-translate/model/pickle.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "gst-translate/text/error.h"

namespace gst_translate {
namespace {

/// What may stand on the stack. Containers hold indices of other values, so that a deeply nested
/// file cannot exhaust the call stack.
struct Value {
  enum class Type { Nothing, Mark, Int, String, Tuple, List, Dict, Global, Storage, Tensor };
  Type type = Type::Nothing;
  int64_t number = 0;           // Int; elements of a Storage
  std::string text;             // String, Global, type of a Storage
  std::string key;              // of a Storage
  std::vector<uint32_t> items;  // Tuple, List; Dict: key, value, key, value, ...
  PickledTensor tensor;         // Tensor
};

using Type = Value::Type;
using Index = uint32_t;

constexpr size_t most_values = 1'000'000;  // the largest public checkpoint has some 10,000
constexpr size_t most_dimensions = 8;

constexpr std::string_view storage_types[] = {
    "FloatStorage", "HalfStorage",  "BFloat16Storage", "DoubleStorage", "LongStorage",
    "IntStorage",   "ShortStorage", "CharStorage",     "ByteStorage",   "BoolStorage"};

class Unpickler {
 public:
  Unpickler(std::string_view pickle, const std::string& name) : rest_(pickle), name_(name) {}

  std::unordered_map<std::string, PickledTensor> run() {
    while (step()) {
    }
    const Value& root = at(pop());
    if (root.type != Type::Dict) corrupt("holds no state dict");
    std::unordered_map<std::string, PickledTensor> tensors;
    for (size_t i = 0; i + 1 < root.items.size(); i += 2) {
      const Value& key = at(root.items[i]);
      const Value& value = at(root.items[i + 1]);
      if (key.type == Type::String && value.type == Type::Tensor) tensors[key.text] = value.tensor;
    }
    return tensors;
  }

 private:
  [[noreturn]] void corrupt(const std::string& fault) const {
    throw Error(Error::Kind::Corrupt, name_ + ": " + fault);
  }

  // Input -----------------------------------------------------------------------------------

  std::string_view take(uint64_t length) {
    if (length > rest_.size()) corrupt("is cut short inside its table of tensors");
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return taken;
  }

  template <typename T>
  T number() {
    T value = 0;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  std::string line() {
    const auto end = rest_.find('\n');
    if (end == std::string_view::npos) corrupt("is cut short inside its table of tensors");
    std::string text(take(end));
    take(1);
    return text;
  }

  int64_t long1() {
    const std::string_view bytes = take(number<uint8_t>());
    if (bytes.size() > 8) corrupt("has a number of more than 64 bits");
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.size(); ++i)
      value |= static_cast<uint64_t>(static_cast<uint8_t>(bytes[i])) << (8 * i);
    const bool negative = !bytes.empty() && (static_cast<uint8_t>(bytes.back()) & 0x80) != 0;
    if (negative && bytes.size() < 8) value |= ~uint64_t{0} << (8 * bytes.size());
    return static_cast<int64_t>(value);
  }

  // Values and stack ------------------------------------------------------------------------

  Value& at(Index index) { return values_[index]; }

  Index add(Value value) {
    if (values_.size() == most_values) corrupt("has a table of tensors of absurd length");
    values_.push_back(std::move(value));
    return static_cast<Index>(values_.size() - 1);
  }

  void push(Value value) { stack_.push_back(add(std::move(value))); }
  void push(Type type) {
    Value value;
    value.type = type;
    push(std::move(value));
  }
  void push_int(int64_t number) {
    Value value;
    value.type = Type::Int;
    value.number = number;
    push(std::move(value));
  }
  void push_string(std::string_view text) {
    Value value;
    value.type = Type::String;
    value.text = text;
    push(std::move(value));
  }

  Index pop() {
    if (stack_.empty()) corrupt("has a broken table of tensors");
    const Index index = stack_.back();
    stack_.pop_back();
    return index;
  }

  Value& top() {
    if (stack_.empty()) corrupt("has a broken table of tensors");
    return at(stack_.back());
  }

  /// The values above the last mark, and the mark with them.
  std::vector<Index> pop_to_mark() {
    size_t i = stack_.size();
    while (i > 0 && at(stack_[i - 1]).type != Type::Mark)
      --i;
    if (i == 0) corrupt("has a broken table of tensors");
    std::vector<Index> items(stack_.begin() + static_cast<std::ptrdiff_t>(i), stack_.end());
    stack_.resize(i - 1);
    return items;
  }

  void push_tuple(std::vector<Index> items) {
    Value value;
    value.type = Type::Tuple;
    value.items = std::move(items);
    push(std::move(value));
  }

  void extend(Type type, const std::vector<Index>& items) {
    Value& container = top();
    if (container.type != type || (type == Type::Dict && items.size() % 2 != 0))
      corrupt("has a broken table of tensors");
    container.items.insert(container.items.end(), items.begin(), items.end());
  }

  void put(uint64_t slot) {
    if (stack_.empty()) corrupt("has a broken table of tensors");
    memo_[slot] = stack_.back();
  }

  void get(uint64_t slot) {
    const auto found = memo_.find(slot);
    if (found == memo_.end()) corrupt("has a broken table of tensors");
    stack_.push_back(found->second);
  }

  // Globals and what is made with them ------------------------------------------------------

  void push_global(const std::string& module, const std::string& name) {
    const std::string full = module + "." + name;
    const bool storage =
        module == "torch" && std::find(std::begin(storage_types), std::end(storage_types), name) !=
                                 std::end(storage_types);
    if (!storage && full != "collections.OrderedDict" &&
        full != "torch._utils._rebuild_tensor_v2" && full != "torch._utils._rebuild_parameter")
      corrupt("asks for " + full.substr(0, 100) +
              ", which no weights need; it may be malicious and is refused");
    Value value;
    value.type = Type::Global;
    value.text = storage ? name : full;
    push(std::move(value));
  }

  int64_t int_at(Index index) {
    if (at(index).type != Type::Int) corrupt("has a broken table of tensors");
    return at(index).number;
  }

  std::vector<int64_t> ints(Index index) {
    std::vector<int64_t> numbers;
    if (at(index).type != Type::Tuple || at(index).items.size() > most_dimensions)
      corrupt("has a broken table of tensors");
    for (const Index item : at(index).items)
      numbers.push_back(int_at(item));
    return numbers;
  }

  /// ('storage', type, key, location, elements)
  void push_storage() {
    const Value& id = at(pop());
    if (id.type != Type::Tuple || id.items.size() < 5 || at(id.items[1]).type != Type::Global ||
        at(id.items[2]).type != Type::String)
      corrupt("has a broken table of tensors");
    Value storage;
    storage.type = Type::Storage;
    storage.text = at(id.items[1]).text;
    storage.key = at(id.items[2]).text;
    storage.number = int_at(id.items[4]);
    push(std::move(storage));
  }

  void push_tensor(const std::vector<Index>& arguments) {
    if (arguments.size() < 4 || at(arguments[0]).type != Type::Storage)
      corrupt("has a broken table of tensors");
    const Value& storage = at(arguments[0]);
    Value value;
    value.type = Type::Tensor;
    value.tensor.storage_type = storage.text;
    value.tensor.storage = storage.key;
    value.tensor.offset = int_at(arguments[1]);
    value.tensor.shape = ints(arguments[2]);
    value.tensor.stride = ints(arguments[3]);
    push(std::move(value));
  }

  void reduce() {
    const Index arguments_index = pop();
    const Index function_index = pop();
    if (at(function_index).type != Type::Global || at(arguments_index).type != Type::Tuple)
      corrupt("has a broken table of tensors");
    const std::string function = at(function_index).text;
    const std::vector<Index>& arguments = at(arguments_index).items;
    if (function == "torch._utils._rebuild_tensor_v2") {
      push_tensor(arguments);
    } else if (function == "collections.OrderedDict" && arguments.empty()) {
      push(Type::Dict);
    } else if (function == "torch._utils._rebuild_parameter" && !arguments.empty()) {
      stack_.push_back(arguments[0]);
    } else {
      corrupt("has a broken table of tensors");
    }
  }

  // Opcodes ---------------------------------------------------------------------------------

  /// False at the end.
  bool step() {
    switch (number<uint8_t>()) {
      case 0x80:
        take(1);
        break;  // PROTO
      case 0x95:
        take(8);
        break;  // FRAME
      case '.':
        return false;  // STOP
      case '(':
        push(Type::Mark);
        break;  // MARK
      case 'N':
        push(Type::Nothing);
        break;  // NONE
      case 0x88:
        push_int(1);
        break;  // NEWTRUE
      case 0x89:
        push_int(0);
        break;  // NEWFALSE
      case 'K':
        push_int(number<uint8_t>());
        break;  // BININT1
      case 'M':
        push_int(number<uint16_t>());
        break;  // BININT2
      case 'J':
        push_int(number<int32_t>());
        break;  // BININT
      case 0x8a:
        push_int(long1());
        break;  // LONG1
      case 'G':
        take(8), push(Type::Nothing);
        break;  // BINFLOAT
      case 'X':
        push_string(take(number<uint32_t>()));
        break;  // BINUNICODE
      case 0x8c:
        push_string(take(number<uint8_t>()));
        break;  // SHORT_BINUNICODE
      case 0x8d:
        push_string(take(number<uint64_t>()));
        break;  // BINUNICODE8
      case 'U':
        push_string(take(number<uint8_t>()));
        break;  // SHORT_BINSTRING
      case 'T':
        push_string(take(number<uint32_t>()));
        break;  // BINSTRING
      case ']':
        push(Type::List);
        break;  // EMPTY_LIST
      case '}':
        push(Type::Dict);
        break;  // EMPTY_DICT
      case ')':
        push(Type::Tuple);
        break;  // EMPTY_TUPLE
      case 't':
        push_tuple(pop_to_mark());
        break;  // TUPLE
      case 0x85:
        tuple(1);
        break;  // TUPLE1
      case 0x86:
        tuple(2);
        break;  // TUPLE2
      case 0x87:
        tuple(3);
        break;  // TUPLE3
      case 'a':
        append(Type::List, 1);
        break;  // APPEND
      case 's':
        append(Type::Dict, 2);
        break;  // SETITEM
      case 'e':
        append_marked(Type::List);
        break;  // APPENDS
      case 'u':
        append_marked(Type::Dict);
        break;  // SETITEMS
      case 'q':
        put(number<uint8_t>());
        break;  // BINPUT
      case 'r':
        put(number<uint32_t>());
        break;  // LONG_BINPUT
      case 0x94:
        put(memo_.size());
        break;  // MEMOIZE
      case 'h':
        get(number<uint8_t>());
        break;  // BINGET
      case 'j':
        get(number<uint32_t>());
        break;  // LONG_BINGET
      case 'Q':
        push_storage();
        break;  // BINPERSID
      case 'R':
        reduce();
        break;  // REDUCE
      case 'b':
        pop();
        break;     // BUILD: the attributes of a state dict (_metadata) are not needed
      case 'c': {  // GLOBAL
        const std::string module = line();
        push_global(module, line());
        break;
      }
      case 0x93: {  // STACK_GLOBAL
        const std::string name = at(pop()).text;
        push_global(at(pop()).text, name);
        break;
      }
      default:
        corrupt("holds something that no table of tensors holds");
    }
    return true;
  }

  std::vector<Index> pop_many(size_t count) {
    std::vector<Index> items(count);
    for (size_t i = count; i > 0; --i)
      items[i - 1] = pop();
    return items;
  }

  void tuple(size_t count) { push_tuple(pop_many(count)); }
  void append(Type type, size_t count) { extend(type, pop_many(count)); }
  void append_marked(Type type) { extend(type, pop_to_mark()); }

  std::string_view rest_;
  const std::string& name_;
  std::vector<Value> values_;
  std::vector<Index> stack_;
  std::unordered_map<uint64_t, Index> memo_;
};

}  // namespace

std::unordered_map<std::string, PickledTensor> read_state_dict(std::string_view pickle,
                                                               const std::string& name) {
  return Unpickler(pickle, name).run();
}

}  // namespace gst_translate
