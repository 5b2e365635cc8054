import "./styles/base.css";
import "./styles/layout.css";
import "./styles/parts.css";
import "./styles/pages.css";
import { startShop } from "./shop";

const root = document.getElementById("app");
if (root) startShop(root);
