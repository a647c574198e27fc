import type { Metadata } from "next";
import { connection } from "next/server";
import { FaultPage } from "./_parts/fault-page.tsx";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  // A static 404 would have no nonce, and the policy would block its scripts.
  await connection();
  return (
    <FaultPage
      fault={{
        text: "There is nothing here.",
        advice: "The address may be mistyped, or the page has gone.",
      }}
      printed={[{ label: "Status", value: "404 Not Found" }]}
    />
  );
}
