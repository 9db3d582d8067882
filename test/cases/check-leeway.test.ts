import { holdToCases } from "../e2e/check-cases.ts";

holdToCases("leeway");
