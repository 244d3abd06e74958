// Copyright (C) 2026 gst-lingua developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gst-tts/espeak/isolated/isolated.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "gst-translate/text/log.h"
#include "gst-tts/espeak/isolated/channel.h"
#include "gst-tts/espeak/isolated/content.h"
#include "gst-tts/espeak/isolated/helper_process.h"
#include "gst-tts/espeak/patience.h"

namespace gst_tts::espeak {

namespace {

using std::chrono::milliseconds;
using Outcome = Channel::Outcome;

/// For a helper that starts, or a voice; they take some ms.
constexpr auto start_patience = std::chrono::seconds(20);

/// A request is short: a connection that has no room for it leads to a process that is stuck.
constexpr auto send_patience = std::chrono::seconds(1);

/// Between two looks at whether somebody still wants to hear it.
constexpr auto look_interval = milliseconds(10);

/// The voices that have a process waiting for them.
constexpr size_t most_voices = 8;

std::string in_quotes(const std::string& text) {
  return "\"" + text + "\"";
}

/// A process that speaks one utterance.
class IsolatedSpeaker final : public Speaker {
 public:
  /// `when_idle` is called once, when there is time: the first clause is over.
  IsolatedSpeaker(Channel channel, Manner manner, int sample_rate, std::function<void()> when_idle)
      : channel_(std::move(channel)),
        manner_(std::move(manner)),
        sample_rate_(sample_rate),
        when_idle_(std::move(when_idle)) {}

  void begin(const Clause& clause) override {
    text_ = clause.text;
    sound_allowed_ = sound_allowed(clause, manner_);
    samples_left_ = sample_rate_ * sound_allowed_.count() / 1000;
    ask(MessageKind::Clause, write_clause(clause, manner_), time_allowed(clause));
  }

  bool next(ClauseSound& piece, const std::atomic<bool>* cancel) override {
    const Message answer = wait_for_answer(cancel);
    if (answer.kind == MessageKind::End) {
      if (const auto act = std::exchange(when_idle_, nullptr)) act();
      return false;
    }
    std::optional<ClauseSound> sound;
    if (answer.kind == MessageKind::Sound) sound = read_sound(answer.content);
    if (!sound) throw lost("said what makes no sense");
    piece = std::move(*sound);
    samples_left_ -= static_cast<int64_t>(piece.samples.size());
    if (samples_left_ < 0) throw lost(sounded_longer_than(sound_allowed_));
    return true;
  }

  std::string phonemes(const std::string& text) override {
    text_ = text;
    ask(MessageKind::Phonemes, text, time_allowed({text, text.size(), false}));
    Message answer = wait_for_answer(nullptr);
    if (answer.kind != MessageKind::Phonemes) throw lost("said what makes no sense");
    return std::move(answer.content);
  }

 private:
  void ask(MessageKind kind, const std::string& content, milliseconds allowed) {
    left_ = allowed_ = allowed;
    if (channel_.send(kind, content, send_patience) != Outcome::Done) throw lost("ended", true);
  }

  /// Only the time in which nothing comes counts: a piece that waits for us is no delay of its.
  Message wait_for_answer(const std::atomic<bool>* cancel) {
    Message answer;
    for (;;) {
      if (cancel && cancel->load(std::memory_order_relaxed)) {
        close(channel_);
        throw Error(Error::Kind::Cancelled, "The speech was cancelled.");
      }
      const auto begun = std::chrono::steady_clock::now();
      const Outcome outcome =
          channel_.receive(answer, std::min<Channel::Duration>(look_interval, left_));
      left_ -= std::chrono::steady_clock::now() - begun;
      if (outcome == Outcome::Closed) throw lost("crashed", true);
      if (outcome == Outcome::Done) break;
      if (left_ <= Channel::Duration::zero()) throw lost(took_longer_than(allowed_));
    }
    if (answer.kind == MessageKind::Failure) throw read_error(answer.content);
    return answer;
  }

  ClauseLost lost(const std::string& why, bool crashed = false) {
    close(channel_);
    return clause_lost(why, text_, manner_.voice, crashed);
  }

  Channel channel_;
  const Manner manner_;
  const int sample_rate_;
  std::function<void()> when_idle_;
  std::string text_;  ///< what it was asked for last
  milliseconds allowed_{};
  Channel::Duration left_{};  ///< of what is allowed
  milliseconds sound_allowed_{};
  int64_t samples_left_ = 0;  ///< of that
};

class IsolatedEspeak final : public Espeak {
 public:
  explicit IsolatedEspeak(std::filesystem::path program) : program_(std::move(program)) {
    const std::lock_guard lock(mutex_);
    start();
  }

  int sample_rate() const override { return greeting_.sample_rate; }
  std::string version() const override { return greeting_.version; }

  bool has_voice(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(name);
    return known != known_.end() ? known->second : find_voice(name) != nullptr;
  }

  /// One process looks for them all.
  std::set<std::string> installed(const std::set<std::string>& names) override {
    Channel channel;
    {
      const std::lock_guard lock(mutex_);
      if (helper_) channel = ask(helper_->channel(), MessageKind::Voices, write_names(names));
    }
    Message answer;
    if (channel && channel.receive(answer, start_patience) == Outcome::Done &&
        answer.kind == MessageKind::Installed)
      return read_names(answer.content);
    return Espeak::installed(names);  // with a new helper, or but for one that crashes espeak-ng
  }

  std::unique_ptr<Speaker> speaker(const Manner& manner) override {
    const std::lock_guard lock(mutex_);
    reap_helper();
    // Once more, where the voice's process has ended since it was used last.
    for (int attempt = 0; attempt < 2; ++attempt) {
      Voice* voice = find_voice(manner.voice);
      if (!voice) throw no_voice(manner.voice);
      Channel channel = std::exchange(voice->spare, {});
      if (!channel) channel = ask(voice->channel, MessageKind::Speaker, {});
      if (channel.connected())
        return std::make_unique<IsolatedSpeaker>(std::move(channel), manner, greeting_.sample_rate,
                                                 [this, manner] { make_spare(manner.voice); });
      voices_.pop_front();
    }
    throw ClauseLost("espeak-ng's processes end as soon as they have begun.");
  }

 private:
  struct Voice {
    std::string name;
    Channel channel;
    Channel spare;  ///< a speaker, made before it is wanted, so that no text waits for the fork
  };

  /// A new process at the other end of what is returned; nothing where the one asked is gone.
  static Channel ask(Channel& process, MessageKind kind, const std::string& content) {
    auto [ours, its] = Channel::make_pair();
    const Outcome outcome = process.send(kind, content, send_patience, its.descriptor());
    return outcome == Outcome::Done ? std::move(ours) : Channel();
  }

  /// The one at the front of `voices_` then; null if there is no such voice.
  Voice* find_voice(const std::string& name) {
    const auto open = std::find_if(voices_.begin(), voices_.end(),
                                   [&name](const Voice& voice) { return voice.name == name; });
    if (open != voices_.end()) {
      voices_.splice(voices_.begin(), voices_, open);
      return &voices_.front();
    }
    // Once more, with another helper, where the first one is gone or stuck.
    Message answer;
    Channel channel = open_voice(name, answer);
    if (!channel) {
      restart();
      channel = open_voice(name, answer);
    }
    if (!channel)
      throw ClauseLost("espeak-ng crashes when it sets the voice " + in_quotes(name) + ".");
    const bool found = answer.kind == MessageKind::Ready;
    if (known_.size() < 1000) known_[name] = found;
    if (!found) return nullptr;
    voices_.push_front({name, std::move(channel), {}});
    if (voices_.size() > most_voices) voices_.pop_back();
    return &voices_.front();
  }

  /// Where the voice still has its process, which the last text left no speaker.
  void make_spare(const std::string& name) {
    const std::lock_guard lock(mutex_);
    for (Voice& voice : voices_)
      if (voice.name == name && !voice.spare)
        voice.spare = ask(voice.channel, MessageKind::Speaker, {});
  }

  /// Nothing if there was no answer.
  Channel open_voice(const std::string& name, Message& answer) {
    Channel channel = helper_ ? ask(helper_->channel(), MessageKind::Voice, name) : Channel();
    if (!channel || channel.receive(answer, start_patience) != Outcome::Done) return {};
    return channel;
  }

  /// A helper that has ended is waited for: its voices may go on without it for hours.
  void reap_helper() {
    if (helper_ && !helper_->channel().connected()) helper_.reset();
  }

  void restart() {
    gst_translate::log(gst_translate::LogLevel::Warning, "voice", [this] {
      return program_.string() + " is gone or stuck, and is started again.";
    });
    helper_.reset();
    try {
      start();
    } catch (const Error& error) {
      throw ClauseLost(error.what());
    }
  }

  void start() {
    auto helper = std::make_unique<HelperProcess>(program_);
    Message answer;
    const Outcome outcome = helper->channel().receive(answer, start_patience);
    if (outcome == Outcome::Done && answer.kind == MessageKind::Failure)
      throw read_error(answer.content);
    std::optional<Greeting> greeting;
    if (outcome == Outcome::Done && answer.kind == MessageKind::Hello)
      greeting = read_greeting(answer.content);
    if (!greeting || greeting->build != GST_LINGUA_BUILD) {
      throw Error(Error::Kind::Unavailable,
                  program_.string() + (greeting                       ? " is of another build."
                                       : outcome == Outcome::TimedOut ? " does not answer."
                                                                      : " ends at once."));
    }
    gst_translate::log(gst_translate::LogLevel::Info, "voice", [&] {
      return "espeak-ng " + greeting->version + " speaks in processes of its own, below " +
             std::to_string(helper->id()) + ", with the data in " + greeting->data_folder + '.';
    });
    if (!helper_started_) greeting_ = *greeting;
    helper_started_ = true;
    helper_ = std::move(helper);
  }

  const std::filesystem::path program_;
  Greeting greeting_;  ///< the first helper's
  bool helper_started_ = false;

  std::mutex mutex_;  ///< of what follows, while a process is asked for; not while one speaks
  std::unique_ptr<HelperProcess> helper_;
  std::list<Voice> voices_;            ///< the one used last comes first
  std::map<std::string, bool> known_;  ///< voices tried so far
};

}  // namespace

std::shared_ptr<Espeak> open_isolated(const std::filesystem::path& helper) {
  return std::make_shared<IsolatedEspeak>(helper);
}

}  // namespace gst_tts::espeak
