CREATE TABLE "cursors" (
	"name" text PRIMARY KEY NOT NULL,
	"cursor" text NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL
);
