CREATE TABLE "deliveries" (
	"conversation_id" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"user_id" text NOT NULL,
	"sent_seq" integer DEFAULT 0 NOT NULL,
	"batch_to" integer,
	"batch_part" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"remaining" integer NOT NULL,
	"window_until" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"expected" integer DEFAULT 0 NOT NULL,
	"claimed_at" integer DEFAULT 0 NOT NULL,
	"fence" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"waits" text
);
--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at") WHERE "deliveries"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_waiting" ON "deliveries" USING btree ("waits") WHERE "deliveries"."waits" is not null;