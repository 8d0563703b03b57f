CREATE TABLE "turns" (
	"conversation_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"channel" text NOT NULL,
	"locale" text NOT NULL,
	"known" boolean NOT NULL,
	"origin" text NOT NULL,
	"topic" text,
	"step" text,
	"intent" text,
	"confidence" double precision,
	"decision" text,
	"ranking" jsonb NOT NULL,
	"answered" boolean,
	"entered" jsonb NOT NULL,
	"ended" jsonb NOT NULL,
	"causes" jsonb NOT NULL,
	CONSTRAINT "turns_conversation_id_seq_pk" PRIMARY KEY("conversation_id","seq")
);
--> statement-breakpoint
CREATE INDEX "turns_at" ON "turns" USING btree ("at");