import { createServer } from "node:http";

/** The floor: node:http reading a JSON body and sending one. */
createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk: string) => {
    body += chunk;
  });
  request.on("end", () => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(JSON.parse(body)));
  });
}).listen(Number(process.env.PORT), "127.0.0.1");
