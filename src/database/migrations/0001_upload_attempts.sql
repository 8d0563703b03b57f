CREATE TABLE "upload_attempts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "upload_attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"conversation_id" text NOT NULL,
	"ticket_id" uuid,
	"idempotency_key" text,
	"outcome" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "envelope_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "upload_tickets" ADD COLUMN "file_sha256" text;--> statement-breakpoint
CREATE UNIQUE INDEX "upload_attempts_once" ON "upload_attempts" USING btree ("conversation_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "upload_attempts_recent" ON "upload_attempts" USING btree ("conversation_id","created_at");--> statement-breakpoint
CREATE INDEX "upload_attempts_age" ON "upload_attempts" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "documents_blob" ON "documents" USING btree ("blob_key");