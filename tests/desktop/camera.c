// A camera for PipeWire: one picture format, no choice (I420, width x height, whole frames per second), one colour with
// a bar that moves. Dino takes only cameras whose frame rate is a plain number; a range of rates makes it send nothing.
//
//   cc -O2 -o camera camera.c $(pkg-config --cflags --libs libpipewire-0.3)
//   camera RRGGBB [WIDTH HEIGHT RATE]
#include <pipewire/pipewire.h>
#include <spa/param/video/format-utils.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct camera {
  struct pw_main_loop* loop;
  struct pw_stream* stream;
  struct spa_source* timer;
  int width, height, rate;
  uint8_t y, u, v;
  unsigned frame;
};

// ITU-R BT.601, limited range: what the other cameras of the tests' pictures come as, too.
static void set_colour(struct camera* camera, unsigned long rgb) {
  const double r = (rgb >> 16) & 255, g = (rgb >> 8) & 255, b = rgb & 255;
  camera->y = (uint8_t)(16.5 + 0.257 * r + 0.504 * g + 0.098 * b);
  camera->u = (uint8_t)(128.5 - 0.148 * r - 0.291 * g + 0.439 * b);
  camera->v = (uint8_t)(128.5 + 0.439 * r - 0.368 * g - 0.071 * b);
}

static void paint(const struct camera* camera, uint8_t* picture) {
  const int size = camera->width * camera->height, bar = (int)(camera->frame * 6) % (camera->width - 24);
  memset(picture, camera->y, (size_t)size);
  for (int row = camera->height / 2 - 12; row < camera->height / 2 + 12; row++)
    memset(picture + row * camera->width + bar, 235, 24);
  memset(picture + size, camera->u, (size_t)size / 4);
  memset(picture + size * 5 / 4, camera->v, (size_t)size / 4);
}

static void stamp(const struct camera* camera, struct spa_buffer* buffer) {
  struct spa_meta_header* header = spa_buffer_find_meta_data(buffer, SPA_META_Header, sizeof *header);
  if (!header) return;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  header->pts = SPA_TIMESPEC_TO_NSEC(&now);
  header->flags = 0;
  header->seq = camera->frame;
  header->dts_offset = 0;
}

static void on_process(void* data) {
  struct camera* camera = data;
  struct pw_buffer* buffer = pw_stream_dequeue_buffer(camera->stream);
  if (!buffer) return;
  struct spa_data* plane = &buffer->buffer->datas[0];
  if (plane->data) {
    paint(camera, plane->data);
    plane->chunk->offset = 0;
    plane->chunk->stride = camera->width;
    plane->chunk->size = (uint32_t)(camera->width * camera->height * 3 / 2);
    stamp(camera, buffer->buffer);
    camera->frame++;
  }
  pw_stream_queue_buffer(camera->stream, buffer);
}

static void on_timer(void* data, uint64_t expirations) {
  (void)expirations;
  pw_stream_trigger_process(((struct camera*)data)->stream);
}

static void on_state(void* data, enum pw_stream_state before, enum pw_stream_state now, const char* error) {
  (void)before;
  (void)error;
  struct camera* camera = data;
  struct timespec first = {0, 0}, interval = {0, 0};
  if (now == PW_STREAM_STATE_STREAMING) {
    first.tv_nsec = 1;
    interval.tv_nsec = 1000000000L / camera->rate;
  }
  pw_loop_update_timer(pw_main_loop_get_loop(camera->loop), camera->timer, &first, &interval, false);
}

static void on_param(void* data, uint32_t id, const struct spa_pod* param) {
  struct camera* camera = data;
  if (!param || id != SPA_PARAM_Format) return;
  uint8_t memory[512];
  struct spa_pod_builder builder = SPA_POD_BUILDER_INIT(memory, sizeof memory);
  const struct spa_pod* params[2];
  params[0] = spa_pod_builder_add_object(
      &builder, SPA_TYPE_OBJECT_ParamBuffers, SPA_PARAM_Buffers, SPA_PARAM_BUFFERS_buffers,
      SPA_POD_CHOICE_RANGE_Int(8, 2, 16), SPA_PARAM_BUFFERS_blocks, SPA_POD_Int(1), SPA_PARAM_BUFFERS_size,
      SPA_POD_Int(camera->width * camera->height * 3 / 2), SPA_PARAM_BUFFERS_stride, SPA_POD_Int(camera->width));
  params[1] = spa_pod_builder_add_object(&builder, SPA_TYPE_OBJECT_ParamMeta, SPA_PARAM_Meta, SPA_PARAM_META_type,
                                         SPA_POD_Id(SPA_META_Header), SPA_PARAM_META_size,
                                         SPA_POD_Int(sizeof(struct spa_meta_header)));
  pw_stream_update_params(camera->stream, params, 2);
}

static void on_signal(void* data, int number) {
  (void)number;
  pw_main_loop_quit(((struct camera*)data)->loop);
}

static const struct pw_stream_events events = {
    PW_VERSION_STREAM_EVENTS,
    .process = on_process,
    .state_changed = on_state,
    .param_changed = on_param,
};

static void offer(struct camera* camera) {
  uint8_t memory[512];
  struct spa_pod_builder builder = SPA_POD_BUILDER_INIT(memory, sizeof memory);
  const struct spa_pod* format = spa_format_video_raw_build(
      &builder, SPA_PARAM_EnumFormat,
      &SPA_VIDEO_INFO_RAW_INIT(.format = SPA_VIDEO_FORMAT_I420,
                               .size = SPA_RECTANGLE((uint32_t)camera->width, (uint32_t)camera->height),
                               .framerate = SPA_FRACTION((uint32_t)camera->rate, 1)));
  // A driver: nobody else gives the time, so the timer triggers each picture.
  pw_stream_connect(camera->stream, PW_DIRECTION_OUTPUT, PW_ID_ANY, PW_STREAM_FLAG_DRIVER | PW_STREAM_FLAG_MAP_BUFFERS,
                    &format, 1);
}

int main(int count, char** words) {
  if (count != 2 && count != 5) {
    fprintf(stderr, "usage: camera RRGGBB [WIDTH HEIGHT RATE]\n");
    return 64;
  }
  struct camera camera = {.width = 640, .height = 360, .rate = 15};
  set_colour(&camera, strtoul(words[1], NULL, 16));
  if (count == 5) {
    camera.width = atoi(words[2]);
    camera.height = atoi(words[3]);
    camera.rate = atoi(words[4]);
  }
  pw_init(&count, &words);
  camera.loop = pw_main_loop_new(NULL);
  struct pw_loop* loop = pw_main_loop_get_loop(camera.loop);
  pw_loop_add_signal(loop, SIGTERM, on_signal, &camera);
  pw_loop_add_signal(loop, SIGINT, on_signal, &camera);
  camera.timer = pw_loop_add_timer(loop, on_timer, &camera);
  camera.stream = pw_stream_new_simple(
      loop, "camera",
      pw_properties_new(PW_KEY_MEDIA_CLASS, "Video/Source", PW_KEY_MEDIA_ROLE, "Camera", PW_KEY_NODE_NAME, "camera",
                        PW_KEY_NODE_DESCRIPTION, "Camera of the test", NULL),
      &events, &camera);
  offer(&camera);
  pw_main_loop_run(camera.loop);
  pw_stream_destroy(camera.stream);
  pw_main_loop_destroy(camera.loop);
  pw_deinit();
  return 0;
}
