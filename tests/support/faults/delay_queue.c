// Holds back the packets that iptables sends to an NFQUEUE, each for its own random time, so that they also overtake
// one another: delay and jitter where the kernel has no netem. Ends at SIGTERM and lets go what it still holds.
//
//   cc -O2 -o delay_queue delay_queue.c -lnetfilter_queue
//   delay_queue QUEUE MILLISECONDS JITTER
#include <arpa/inet.h>
#include <errno.h>
#include <libnetfilter_queue/libnetfilter_queue.h>
#include <linux/netfilter.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { MOST_HELD = 8192 };

struct held {
  int64_t due;  // milliseconds of the monotonic clock
  uint32_t packet;
};

static struct held waiting[MOST_HELD];  // in no order: a few dozen at the rates of a call
static int count;
static long delay, jitter;
static volatile sig_atomic_t stopped;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void on_signal(int number) {
  (void)number;
  stopped = 1;
}

static int on_packet(struct nfq_q_handle* queue, struct nfgenmsg* message, struct nfq_data* data, void* none) {
  (void)message;
  (void)none;
  const uint32_t packet = ntohl(nfq_get_msg_packet_hdr(data)->packet_id);
  if (count == MOST_HELD) return nfq_set_verdict(queue, packet, NF_DROP, 0, NULL);
  const long time = delay + (jitter > 0 ? random() % (2 * jitter + 1) - jitter : 0);
  waiting[count++] = (struct held){now() + time, packet};
  return 0;
}

// Lets go what is due, the earliest first; milliseconds until the next.
static int release(struct nfq_q_handle* queue, int all) {
  while (count > 0) {
    int earliest = 0;
    for (int each = 1; each < count; each++)
      if (waiting[each].due < waiting[earliest].due) earliest = each;
    const int64_t left = waiting[earliest].due - now();
    if (left > 0 && !all) return (int)left;
    nfq_set_verdict(queue, waiting[earliest].packet, NF_ACCEPT, 0, NULL);
    waiting[earliest] = waiting[--count];
  }
  return 1000;
}

static int serve(struct nfq_handle* netlink, struct nfq_q_handle* queue) {
  static char buffer[65536];
  struct pollfd wanted = {.fd = nfq_fd(netlink), .events = POLLIN};
  while (!stopped) {
    if (poll(&wanted, 1, release(queue, 0)) <= 0) continue;
    const ssize_t size = recv(wanted.fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (size >= 0) nfq_handle_packet(netlink, buffer, (int)size);
    if (size < 0 && errno != ENOBUFS && errno != EINTR && errno != EAGAIN) return 1;
  }
  release(queue, 1);
  return 0;
}

int main(int words, char** word) {
  if (words != 4) {
    fprintf(stderr, "usage: delay_queue QUEUE MILLISECONDS JITTER\n");
    return 64;
  }
  delay = atol(word[2]);
  jitter = atol(word[3]);
  signal(SIGTERM, on_signal);
  struct nfq_handle* netlink = nfq_open();
  struct nfq_q_handle* queue = netlink ? nfq_create_queue(netlink, (uint16_t)atoi(word[1]), on_packet, NULL) : NULL;
  if (!queue || nfq_set_mode(queue, NFQNL_COPY_META, 0) < 0) {
    perror("delay_queue: the kernel's packet queue");
    return 69;
  }
  nfq_set_queue_maxlen(queue, MOST_HELD);
  printf("ready\n");
  fflush(stdout);
  const int code = serve(netlink, queue);
  nfq_destroy_queue(queue);
  nfq_close(netlink);
  return code;
}
