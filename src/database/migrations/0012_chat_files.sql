CREATE TABLE "chat_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"conversation_id" text NOT NULL,
	"customer_id" text,
	"staff_id" uuid,
	"idempotency_key" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"content_sha256" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"width" integer,
	"height" integer,
	"envelope_version" integer NOT NULL,
	"key_id" text NOT NULL,
	"wrapped_key" text,
	"blob_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"destroyed_at" timestamp (3) with time zone,
	CONSTRAINT "chat_files_destroyed" CHECK (("chat_files"."wrapped_key" is null) = ("chat_files"."destroyed_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "chat_files" ADD CONSTRAINT "chat_files_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "chat_files_once" ON "chat_files" USING btree ("conversation_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "chat_files_recent" ON "chat_files" USING btree ("conversation_id","created_at");--> statement-breakpoint
CREATE INDEX "chat_files_customer" ON "chat_files" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "chat_files_blob" ON "chat_files" USING btree ("blob_key");--> statement-breakpoint
CREATE INDEX "chat_files_kept" ON "chat_files" USING btree ("created_at") WHERE "chat_files"."wrapped_key" is not null;